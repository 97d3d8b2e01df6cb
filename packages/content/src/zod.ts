/** The parts of zod that the schemas are made of. A build puts them into one file, so that who installs this package need not install zod. */
export type {
  core,
  ZodMiniArray,
  ZodMiniLiteral,
  ZodMiniNumber,
  ZodMiniString,
  ZodMiniType,
} from "zod/mini";
export {
  array,
  check,
  discriminatedUnion,
  enum,
  exactOptional,
  globalRegistry,
  gte,
  literal,
  lte,
  minLength,
  number,
  pipe,
  record,
  safeParse,
  strictObject,
  string,
  transform,
} from "zod/mini";
