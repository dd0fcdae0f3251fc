import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licenses } from './scripts/licenses';
import { noScrollStyles } from './scripts/scrolling';

export default defineConfig({
  plugins: [react(), noScrollStyles(), licenses()],
  html: { cspNonce: 'NONCE' }, // the server puts a fresh one into every answer
  // npx vite shows the pages while they are written, over a server that runs.
  server: { proxy: { '/v1': process.env['CLAIMWATCH_SERVER'] ?? 'http://127.0.0.1:8080' } },
  build: {
    emptyOutDir: false, // dist/absent.html is committed
    manifest: true, // what scripts/budget.mjs follows
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // antd's parts do not say that loading them does nothing. Without it the first load has all of a part, forms above all, of which it uses one function.
      treeshake: { moduleSideEffects: [{ test: /node_modules\/@rc-component\/.*\.js$/, sideEffects: false }] },
    },
  },
});
