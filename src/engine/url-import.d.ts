/** Vite's `?url` imports, without `vite/client`, which would let DOM types into this layer. */
declare module "*?url" {
  const url: string;
  export default url;
}
