/** Whether a word holds what could be one of our tokens, whole or cut. */
export const tokenLike = (word: string): boolean => /rfp_[0-9A-Za-z]{20,}/.test(word);
