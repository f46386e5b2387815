import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const api = process.env.ONRECORD_API ?? "http://127.0.0.1:8765";

export default defineConfig({
  plugins: [svelte()],
  worker: { format: "es" },
  build: {
    outDir: "../src/onrecord/serve/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // nothing as data: URI, so that the content-security policy stays short
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1100,
  },
  server: { proxy: { "/api": api } },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : undefined,
  test: { include: ["tests/**/*.test.ts"] },
});
