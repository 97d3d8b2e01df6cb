import { ApiError } from "../http/api-error.ts";

/** The page size where the caller names none. */
const defaultPageSize = 25;

/** The most entities of one page. */
const mostOfAPage = 100;

/** One page of a list with the fields of the platform's entity listings. @throws ApiError for a page that cannot be. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams, path: string) {
  const pageSize = readNumber(query, "pageSize", { unless: defaultPageSize, least: 1, most: mostOfAPage });
  const pageNumber = readNumber(query, "pageNumber", { unless: 1, least: 1, most: Number.MAX_SAFE_INTEGER });
  const pageCount = Math.max(1, Math.ceil(rows.length / pageSize));
  const uri = (number: number) => `${path}?pageSize=${pageSize}&pageNumber=${number}`;
  return {
    entities: rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    total: rows.length,
    pageCount,
    firstUri: uri(1),
    selfUri: uri(pageNumber),
    lastUri: uri(pageCount),
    ...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
  };
}

/** A number of a query; `unless` it is there, that one. @throws ApiError outside its bounds */
export function readNumber(
  query: URLSearchParams,
  name: string,
  { unless, least, most }: { unless: number; least: number; most: number },
): number {
  const text = query.get(name);
  if (text === null) return unless;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  throw new ApiError(
    "invalid.value",
    `Value [${text.slice(0, 60)}] is not valid for ${name}: ${least} to ${most}.`,
  );
}
