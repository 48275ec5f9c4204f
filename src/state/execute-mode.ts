/** A mode of chmod(1) with an execute bit: `+x`, `u+x`, `755`, `0700`. */
export function setsExecute(word: string): boolean {
  if (/^[ugoa]{0,4}\+[rwxst]{1,5}$/.test(word)) return word.includes('x');
  return /^[0-7]{3,4}$/.test(word) && (Number.parseInt(word, 8) & 0o111) !== 0;
}
