import { analyticsModels } from "./analytics-models.ts";
import { answerModels } from "./answer-models.ts";
import { botModels } from "./bot-models.ts";
import { contentModels } from "./content-models.ts";
import type { enumerations } from "./enumerations.ts";
import { requestModels } from "./request-models.ts";

/** Every model of Genesys Cloud's wire that the emulator reads or writes. */
export const models = {
  ...requestModels,
  ...contentModels,
  ...answerModels,
  ...botModels,
  ...analyticsModels,
};

type Models = typeof models;
type Enumerations = typeof enumerations;

/** The name of a model, such as `OpenInboundNormalizedMessage`. */
export type ModelName = keyof Models;

interface Primitives {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  date: string;
  map: Record<string, string>;
  any: unknown;
}

type Value<Type> = Type extends `${infer Item}[]`
  ? Value<Item>[]
  : Type extends keyof Primitives
    ? Primitives[Type]
    : Type extends keyof Enumerations
      ? Enumerations[Type][number]
      : Type extends ModelName
        ? Wire<Type>
        : never;

type Fields<Model> = {
  [Key in keyof Model as Key extends `*${infer Name}` ? Name : never]: Value<Model[Key]>;
} & {
  [Key in keyof Model as Key extends `*${string}` ? never : Key]?: Value<Model[Key]>;
};

/** A value of a model as TypeScript sees it, such as `Wire<"ContentButtonResponse">`. */
export type Wire<Name extends ModelName> = Fields<Models[Name]>;
