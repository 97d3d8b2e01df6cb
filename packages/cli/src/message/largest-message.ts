/** Most bytes of a message, or characters of a row: the API takes no larger body. */
export const largestMessage = 512_000;
