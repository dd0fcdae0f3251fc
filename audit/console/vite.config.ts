import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  html: { cspNonce: 'NONCE' }, // the server puts a fresh one into every answer
  build: {
    emptyOutDir: false, // dist/absent.html is committed
    manifest: true, // what scripts/budget.mjs follows
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
});
