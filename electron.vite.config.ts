import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      rollupOptions: {
        input: { index: 'electron/main/index.ts', cli: 'electron/cli/index.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload must be one CommonJS file.
      rollupOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    // Inlined assets are data: URLs, which the page's CSP allows for images only.
    build: {
      outDir: 'out/renderer',
      assetsInlineLimit: 0,
      // Less than half as much for a window to read before it shows anything.
      minify: true,
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
})
