/** The sections of README that say what to do, by what happened; each alarm links to one. */
export const runbooks = {
  waiting: 'Runbook: uploads wait',
  redrive: 'Runbook: redrive dead letters',
  faults: 'Runbook: errors and throttles',
  portal: 'Runbook: the portal fails',
  schedule: 'Runbook: the daily publication did not run',
  verification: 'Runbook: a publication failed verification',
  lost: 'Runbook: a notice without an upload',
  badMonth: 'Runbook: a bad month',
  backup: 'Runbook: restore from backup',
  originals: 'Runbook: restore from originals',
} as const;

export type Runbook = keyof typeof runbooks;

/** The link to a runbook: GitHub makes the anchor of a heading so. */
export function runbookLink(handbook: string, runbook: Runbook): string {
  return `${handbook}#${anchorOf(runbooks[runbook])}`;
}

/** The anchor of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
