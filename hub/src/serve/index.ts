/** Serve: people's side of the hub: REST with OpenAPI, live events, sign-in, and the console's files. */
export type { App, Figures, ServeContext } from './context.ts'
export { addPerson, createSignInLink, createToken, type PeopleOptions, ROLES } from './people.ts'
export { openServer } from './serve.ts'
