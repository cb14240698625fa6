import type { Period } from '../../shared/core/catalogue/period.ts';
import type { Payload } from '../../shared/core/ledger/event.ts';
import { countedFigures, type ModelUpload } from './model-figures.ts';
import { scanOf, waitsForReviewer } from './model-signing.ts';

/** What became of the uploads of one return, as it must be. */
export interface ModelReturn {
  standing: 'counting' | 'held' | 'sent-back' | 'declined' | 'refused' | 'not-reported';
  counting: ModelUpload | undefined;
  /** By the id of the upload that first brought it, oldest first: `counting`, `superseded`, `declined`, or why it is held. */
  accepted: Map<string, string>;
  refused: string[];
  /** The id of each question with its stage, oldest first. */
  questions: string[];
  /** The scan of the version that counts. */
  scan: string | undefined;
}

/** What the office's chain says, with the hash and time of the event, and by whom. */
export type Fact = Payload & { id: string; at: string; by: string };

export type About = { department: string; period: Period; lastMoment: number; version: number };

type Version = ModelUpload[];

/** The uploads of a return and what the office's chain says, in its order, told without the program's help. */
export function modelReturn(uploads: ModelUpload[], office: Fact[], about: About): ModelReturn {
  const refused = uploads.filter(({ figures }) => figures === undefined).map(({ id }) => id);
  const good = uploads.filter(({ figures }) => figures !== undefined).sort(laterLast);
  const versions: Version[] = [];
  for (const upload of good) {
    const last = versions.at(-1);
    if (last?.[0]?.bytes === upload.bytes) last.push(upload);
    else versions.push([upload]);
  }
  const issuedId = lastIssued(good, office, about);
  const issuedAt = versions.findIndex((version) => has(version, issuedId));
  const own = versions.map((version, index) => {
    const issued = issuedAt >= 0 && issuedAt < index ? versions[issuedAt]![0] : undefined;
    return reasonsOf(version, issued, office, about);
  });
  const questions = questionsOf(office, about).map((question) => {
    const at = versions.findIndex((version) => has(version, question.upload));
    const isReplaced = at >= 0 && own.some((reasons, index) => index > at && reasons.length === 0);
    const stage = question.stage === 'open' && isReplaced ? 'answered' : question.stage;
    return { ...question, at, stage };
  });
  const sentBack = Math.max(
    -1,
    ...questions.filter(({ isSentBack, stage }) => isSentBack && stage === 'open').map(({ at }) => at),
  );
  const counting = own.findLastIndex((reasons, index) => reasons.length === 0 && index > sentBack);
  const accepted = new Map(
    versions.map((version, index) => {
      const reasons = own[index]!;
      const held = ['sent-back', ...reasons.filter((reason) => reason !== 'declined')];
      const isLast = index > Math.max(counting, sentBack);
      const word =
        index === counting
          ? 'counting'
          : index === sentBack
            ? held.join('+')
            : isLast
              ? reasons.join('+')
              : 'superseded';
      return [version[0]!.id, word] as const;
    }),
  );
  const standing = standingOf([...accepted.values()], refused);
  const stages = questions.map(({ id, stage }) => `${id} ${stage}`);
  return {
    standing,
    counting: versions[counting]?.[0],
    accepted,
    refused: refused.sort(),
    questions: stages,
    scan: scanOf(versions[counting], office),
  };
}

function standingOf(words: string[], refused: string[]): ModelReturn['standing'] {
  if (words.includes('counting')) return 'counting';
  if (words.some((word) => word.startsWith('sent-back'))) return 'sent-back';
  if (words.some((word) => !['superseded', 'declined'].includes(word))) return 'held';
  if (words.length > 0) return 'declined';
  return refused.length > 0 ? 'refused' : 'not-reported';
}

function has(version: Version, upload: string | undefined): boolean {
  return version.some(({ id }) => id === upload);
}

/** All that a version waits for by itself. */
function reasonsOf(version: Version, issued: ModelUpload | undefined, office: Fact[], about: About) {
  const [upload] = version as [ModelUpload];
  const explained =
    upload.note !== '' ||
    office.some((fact) => fact.kind === 'correction-explained' && has(version, fact.upload));
  const late = tooLate(version, office, about);
  if (late === 'declined') return ['declined'];
  const changes = issued !== undefined && !sameAs(issued, upload, about.version);
  return [
    ...(late === 'late' ? ['after-cut-off'] : []),
    ...(changes && !explained ? ['changes-issued'] : []),
    ...(waitsForReviewer(version, office, about.version) ? ['awaits-agreement'] : []),
  ];
}

function questionsOf(office: Fact[], { department, period }: About) {
  return office.flatMap((asked, index) => {
    if (asked.kind !== 'question-asked' || asked.department !== department || asked.period !== period) {
      return [];
    }
    let [stage, upload]: [string, string] = ['open', asked.upload];
    for (const fact of office.slice(index + 1)) {
      if (!('question' in fact) || fact.question !== asked.id) continue;
      if (fact.kind === 'question-answered') stage = 'answered';
      if (fact.kind === 'question-closed') stage = 'closed';
      if (fact.kind === 'question-insisted') [stage, upload] = ['open', fact.upload];
    }
    return [{ id: asked.id, stage, upload, isSentBack: asked.effect === 'sent-back' }];
  });
}

function laterLast(a: ModelUpload, b: ModelUpload): number {
  const [left, right] = [a, b].map(({ uploadedAt, key, version }) => [uploadedAt, key, version ?? '']);
  const differing = left!.findIndex((part, index) => part !== right![index]);
  return differing < 0 ? 0 : left![differing]! < right![differing]! ? -1 : 1;
}

/** What the last of these publications counted, by `department period`: each says what it counts otherwise. */
export function countedAfter(published: readonly { counts: object }[]): Map<string, string> {
  const counted = new Map<string, string>();
  for (const { counts } of published) {
    for (const [department, periods] of Object.entries(counts)) {
      for (const [period, id] of Object.entries(periods)) {
        if (id === null) counted.delete(`${department} ${period}`);
        else counted.set(`${department} ${period}`, String(id));
      }
    }
  }
  return counted;
}

/** The upload that the newest issued publication to count this return counted. */
function lastIssued(good: ModelUpload[], office: Fact[], { department, period }: About) {
  let last: string | undefined;
  const published: { counts: object }[] = [];
  for (const fact of office) {
    if (fact.kind === 'published') published.push(fact);
    const isIssued =
      fact.kind === 'published' &&
      office.some((each) => each.kind === 'publication-issued' && each.number === fact.number);
    const id = isIssued ? countedAfter(published).get(`${department} ${period}`) : undefined;
    if (id !== undefined && good.some((upload) => upload.id === id)) last = id;
  }
  return last;
}

/** Whether the office's last word on a version is that it does not let it in, or nothing was said and it came too late. */
function tooLate(version: Version, office: Fact[], about: About): 'late' | 'declined' | undefined {
  const decided = office.findLast(
    (fact) =>
      (fact.kind === 'return-admitted' || fact.kind === 'admission-declined') && has(version, fact.upload),
  );
  if (decided !== undefined) return decided.kind === 'return-admitted' ? undefined : 'declined';
  const { department, period, lastMoment } = about;
  const moments = version.map(({ claimedAt, uploadedAt }) => Date.parse(claimedAt ?? uploadedAt));
  const moment = Math.min(...moments);
  const isExtended = office.some(
    (fact) =>
      fact.kind === 'deadline-extended' &&
      fact.period === period &&
      (fact.department ?? department) === department &&
      moment <= Date.parse(fact.until),
  );
  const isInTime = moment <= lastMoment || isExtended;
  return isInTime || isAskedFor(version[0]!, office, about) ? undefined : 'late';
}

/** Whether an upload came while the office waited for an answer to a question about its return. */
function isAskedFor({ uploadedAt }: ModelUpload, office: Fact[], { department, period }: About): boolean {
  return office.some((asked) => {
    if (asked.kind !== 'question-asked' || asked.department !== department || asked.period !== period) {
      return false;
    }
    const closed = office.find((fact) => fact.kind === 'question-closed' && fact.question === asked.id);
    return uploadedAt >= asked.at && uploadedAt <= (closed?.at ?? uploadedAt);
  });
}

function sameAs(a: ModelUpload, b: ModelUpload, version: number): boolean {
  const plain = (upload: ModelUpload) =>
    Object.entries(countedFigures(upload, version)).map(
      ([id, typed]) => `${id}=${Array.isArray(typed) ? [...typed].sort() : typed}`,
    );
  return plain(a).sort().join() === plain(b).sort().join();
}
