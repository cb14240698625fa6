/** Text of a submission as it may be quoted in a finding: control characters shown, cut to 80 characters. */
export function quoted(text: string): string {
  const visible = text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    ' ',
  );
  const wellFormed = visible.toWellFormed().trim();
  return wellFormed.length > 80 ? `${wellFormed.slice(0, 79).toWellFormed()}…` : wellFormed;
}
