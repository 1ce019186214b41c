declare module '*.hbs' {
  /** A precompiled Handlebars template. */
  const template: unknown
  export default template
}
