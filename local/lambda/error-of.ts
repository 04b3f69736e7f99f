/** One line of a function's error payload, for the operator. */
export const errorOf = (payload: string): string => {
  const { errorType, errorMessage } = JSON.parse(payload);
  return `${errorType}: ${errorMessage}`.split('\n')[0] ?? '';
};
