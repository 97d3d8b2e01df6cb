/** What is wrong with a value, and what would be right, without the place where it stands. */
export interface Problem {
  message: string;
  fix: string;
}
