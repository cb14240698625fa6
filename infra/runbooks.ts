/** What to do, by what went wrong: a file of `infra/runbooks` each, and its title. Every alarm links to one. */
export const runbooks = {
  waiting: { file: 'uploads-wait.md', title: 'Uploads wait' },
  redrive: { file: 'redrive-dead-letters.md', title: 'Redrive dead letters' },
  faults: { file: 'errors-and-throttles.md', title: 'Errors and throttles' },
  portal: { file: 'portal-fails.md', title: 'The portal fails' },
  schedule: { file: 'daily-publication-did-not-run.md', title: 'The daily publication did not run' },
  catalogue: { file: 'no-catalogue-in-force.md', title: 'No catalogue in force' },
  verification: { file: 'publication-failed-verification.md', title: 'A publication failed verification' },
  lost: { file: 'notice-without-upload.md', title: 'A notice without an upload' },
  reminders: { file: 'reminders-do-not-go-out.md', title: 'Reminders do not go out' },
  badMonth: { file: 'bad-month.md', title: 'A bad month' },
  backup: { file: 'restore-from-backup.md', title: 'Restore from backup' },
  drill: { file: 'restore-drill.md', title: 'Restore drill' },
  originals: { file: 'restore-from-originals.md', title: 'Restore from originals' },
} as const;

export type Runbook = keyof typeof runbooks;

/** The link to a runbook in the folder, or below the address, at which the staff on duty read them. */
export function runbookLink(handbook: string, runbook: Runbook): string {
  return `${handbook.replace(/\/$/, '')}/${runbooks[runbook].file}`;
}
