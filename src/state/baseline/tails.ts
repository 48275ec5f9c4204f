/**
 * Upper tails of counts, accurate where they are rare. P(X >= x) of a Poisson count is the regularised incomplete gamma
 * function P(x, mean) (NIST DLMF 8.4.10); of a negative binomial count it is the regularised incomplete beta function
 * (DLMF 8.17.24). Both are computed by continued fractions or series in logarithms (DLMF 8.9.2, 8.7.1 and 8.17.22), so
 * that a tail of 1e-200 keeps its digits.
 */
export function countTail(x: number, mean: number, varianceRatio: number): number {
  if (x <= 0) return 1;
  if (!(mean > 0)) return 0;
  if (varianceRatio <= 1.0001) return lowerGamma(x, mean);
  const size = mean / (varianceRatio - 1);
  return incompleteBeta((varianceRatio - 1) / varianceRatio, x, size);
}

/** The least count that is exceeded with a probability of at most `tail`. */
export function countQuantile(tail: number, mean: number, varianceRatio: number): number {
  if (!(mean > 0)) return 0;
  let high = Math.max(1, Math.ceil(mean));
  while (countTail(high + 1, mean, varianceRatio) > tail && high < COUNT_MAX) high *= 2;
  let low = 0;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (countTail(middle + 1, mean, varianceRatio) > tail) low = middle + 1;
    else high = middle;
  }
  return low;
}

const COUNT_MAX = 1e9;
const EPSILON = 1e-15;
const TINY = 1e-300;
const STEPS_MAX = 100_000;

/** ln of the gamma function for x > 0: Stirling's series (DLMF 5.11.1) after a shift to x >= 12. */
export function lnGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 12) {
    shift += Math.log(z);
    z += 1;
  }
  const square = z * z;
  const series =
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360_360 / square) / square) / square) / square) / square) /
    z;
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift;
}

/** Regularised lower incomplete gamma function P(a, x). */
function lowerGamma(a: number, x: number): number {
  const front = Math.exp(a * Math.log(x) - x - lnGamma(a + 1));
  if (x >= a + 1) return 1 - upperGammaFraction(a, x);
  let term = 1;
  let sum = 1;
  for (let n = 1; n < STEPS_MAX; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * EPSILON) break;
  }
  return Math.min(1, front * sum);
}

/** Q(a, x) by its continued fraction, evaluated forwards (modified Lentz). */
function upperGammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < STEPS_MAX; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / nonzero(an * d + b);
    c = nonzero(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return Math.exp(a * Math.log(x) - x - lnGamma(a)) * h;
}

/** Regularised incomplete beta function I_x(a, b). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (front * betaFraction(x, a, b)) / a);
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonzero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < STEPS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonzero(1 + even * d);
    c = nonzero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonzero(1 + odd * d);
    c = nonzero(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return h;
}

const nonzero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
