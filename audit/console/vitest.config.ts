import { defineConfig } from 'vitest/config';

// A zone far from Shanghai, so that a test fails which trusts the browser's.
process.env.TZ = 'America/Los_Angeles';

export default defineConfig({ test: { include: ['src/**/*.test.ts'] } });
