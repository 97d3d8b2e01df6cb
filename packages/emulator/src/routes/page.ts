import { ApiError } from "../http/api-error.ts";

/** The page size where the caller names none. */
const defaultPageSize = 25;

/** The most entities of one page. */
const mostOfAPage = 100;

/** One page of a list with the fields of the platform's entity listings. @throws ApiError for a page that cannot be. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams, path: string) {
  const pageSize = readNumber(query, "pageSize", defaultPageSize, mostOfAPage);
  const pageNumber = readNumber(query, "pageNumber", 1, Number.MAX_SAFE_INTEGER);
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

function readNumber(query: URLSearchParams, name: string, unless: number, most: number): number {
  const text = query.get(name);
  if (text === null) return unless;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1 && number <= most) return number;
  throw new ApiError("invalid.value", `Value [${text.slice(0, 60)}] is not valid for ${name}: 1 to ${most}.`);
}
