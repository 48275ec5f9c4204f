/** Points with their sign: `+2`, `−10`, `0`. */
export const signed = (points: number): string => (points === 0 ? '0' : `${points > 0 ? '+' : '−'}${Math.abs(points)}`);
