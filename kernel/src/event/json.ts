/** A value that survives JSON. Arguments and definitions are kept as such; they are hostile until judged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }
