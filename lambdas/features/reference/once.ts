/** Makes something at the first call and keeps it: for what depends on nothing but the contract. */
export const once = <T>(make: () => T): (() => T) => {
  const known: { made?: T } = {};
  return () => {
    known.made ??= make();
    return known.made;
  };
};
