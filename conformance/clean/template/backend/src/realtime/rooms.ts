/** The room of a café: whoever is in it hears of that café only. */
export const roomOf = (cafeId: string): string => `cafe:${cafeId}`;
