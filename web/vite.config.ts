import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The server of `guan serve` answers the API while `npm run dev` serves the sources.
const server = process.env.GUAN_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': { target: server, changeOrigin: true } } },
  build: {
    outDir: process.env.GUAN_OUT ?? '.build',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs comes in one piece: thirty small files weigh more than their code.
        codeSplitting: {
          groups: [
            { name: 'base', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|openapi-fetch|@tanstack\/(react-router|router-core|history|react-query|query-core|react-store|store))\/|src\/(lib\/(cookies|format|i18n|theme|usetext|hooks)|ui\/(icons|states|toast|logo)|app\/boundary|api\/(client|problem|freshness|session|kinds|viewas|choices)|features\/[a-z]+\/[a-z]*search|lib\/conditions|ui\/preferences|permission\/problemtext)\.tsx?$/ },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    testTimeout: 120_000,
  },
})
