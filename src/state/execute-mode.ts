/** A mode of chmod(1) with an execute bit: `+x`, `u+x`, `a=rx`, `u=rwx,go=rx`, `755`, `0700`. */
export function setsExecute(word: string): boolean {
  if (/^[0-7]{3,4}$/.test(word)) return (Number.parseInt(word, 8) & 0o111) !== 0;
  const parts = word.split(',');
  return parts.every(part => PART.test(part)) && parts.some(part => /[+=][rwst]*x/.test(part));
}

/** Who, and what is given, taken or set; chmod(1). */
const PART = /^[ugoa]{0,4}[-+=][rwxXst]{0,6}$/;
