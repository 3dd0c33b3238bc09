import { defineConfig } from "vite";

// One script and one style, under fixed names: they are embedded in the assembly. The address has a token in its path, so paths are relative.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../bundle",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      output: { entryFileNames: "page.js", assetFileNames: "page[extname]", inlineDynamicImports: true },
    },
  },
});
