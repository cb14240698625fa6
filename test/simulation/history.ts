import type { Random } from '../../functions/demo/seeded-random.ts';
import { endOfDay } from '../../shared/core/catalogue/period.ts';
import { isValidIn } from '../../shared/core/catalogue/validity.ts';
import { adoptionsOf, formVersion } from './adoptions.ts';
import { chanceOf } from './chance.ts';
import { city } from './city-catalogues.ts';
import { type SigningAct, signingSteps } from './signing.ts';
import { goodSets } from './small-city.ts';

/** When a notice or an order to do something arrives, after it was sent. */
export interface Delivery {
  number: number;
  delay: number;
}

/** A file that somebody uploads, and when its notice, or the clerk's command, is delivered, again and again. */
export interface UploadStep {
  kind: 'upload';
  id: string;
  at: number;
  /** Handed over on one machine, or put by a browser under a key of its own, or over what is there. */
  manner: 'handed-over' | 'put';
  /** Whose return it is; not always one that is expected. */
  department: string | undefined;
  period: string | undefined;
  /** How much of that its place says; the form in it says the rest. */
  place: 'whole' | 'department' | 'period' | 'nothing';
  set: string;
  /** Of which of the city's catalogues the form is. */
  version: number;
  note: string;
  fileName: string;
  tooLarge: boolean;
  /** How long before it came the office says that it was handed in (milliseconds); undefined where nothing is said. */
  claimedBefore: number | undefined;
  deliveries: Delivery[];
}

const usualActs = ['extend', 'admit', 'admit', 'explain', 'explain', 'acknowledge'] as const;
const actsBetweenPeople = [
  ...(['ask', 'ask', 'ask', 'answer', 'answer', 'insist', 'close', 'decline'] as const),
  ...(['issue', 'issue', 'issue', 'explain', 'explain'] as const),
];

/** The office, a department or the schedule does something. What an act is about is chosen when it is done. */
export interface ActStep {
  kind: 'act';
  id: string;
  at: number;
  act: (typeof usualActs)[number] | (typeof actsBetweenPeople)[number] | SigningAct;
  deliveries: Delivery[];
}

/** A run of the schedule, which may be started more than once. */
export interface PublishStep {
  kind: 'publish';
  id: string;
  at: number;
  deliveries: Delivery[];
}

export type Step = UploadStep | ActStep | PublishStep;

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

/** What is done in the simulation of a seed, in no order but that of its times. */
export function historyOf(seed: number): Step[] {
  const random = chanceOf(seed, 'history');
  const busyMoments = Array.from({ length: random.between(1, 4) }, () => momentIn(random));
  const contested = Array.from({ length: random.between(1, 3) }, () => someReturn(random));
  const when = () => random.pick(busyMoments) + random.pick([0, 0, 1, 500, 2 * second, 90 * second]);
  const uploads = Array.from({ length: random.between(4, 12) }, (_, index) =>
    uploadStep(`u${index + 1}`, when(), { random, contested }),
  ).map((step) => ({
    ...step,
    version: 0,
    place: placeOf(step, chanceOf(seed, `place of ${step.id}`)),
    claimedBefore: claimOf(step, chanceOf(seed, `claim of ${step.id}`)),
  }));
  const acts = Array.from(
    { length: random.between(0, 5) },
    (_, index): ActStep => ({
      kind: 'act',
      id: `a${index + 1}`,
      at: when() + random.pick([0, hour, 3 * day]),
      act: random.pick(usualActs),
      deliveries: numbered([0]),
    }),
  );
  const publications = Array.from(
    { length: random.between(1, 4) },
    (_, index): PublishStep => ({
      kind: 'publish',
      id: `p${index + 1}`,
      at: when() + random.pick([0, 0, second, hour, day]),
      deliveries: numbered([
        0,
        ...(random.chance(40) ? [random.pick([0, 3, 100, second, 60 * second])] : []),
      ]),
    }),
  );
  const asking = chanceOf(seed, 'acts between people');
  const between = Array.from(
    { length: asking.between(0, 9) },
    (_, index): ActStep => ({
      kind: 'act',
      id: `q${index + 1}`,
      at: asking.pick(busyMoments) + asking.pick([0, second, hour, hour, 3 * day, 3 * day]) + index,
      act: asking.pick(actsBetweenPeople),
      deliveries: numbered([0]),
    }),
  );
  const act = (id: string, at: number, what: ActStep['act']): ActStep => ({
    ...{ kind: 'act', id, at, act: what, deliveries: numbered([0]) },
  });
  // Most publications are issued soon after, and what that holds up is explained in the end.
  const issued = publications.filter(() => asking.chance(60));
  const issues = issued.map(({ id, at }) => act(`i${id}`, at + 2 * second, 'issue'));
  const last = Math.max(...uploads.map(({ at }) => at));
  const explained = asking.chance(70) ? [act('e1', last + hour, 'explain')] : [];
  const steps = [...uploads, ...acts, ...between, ...issues, ...explained, ...publications];
  const adoptions = adoptionsOf(
    seed,
    steps.map(({ at }) => at),
  );
  return [...steps, ...signingSteps(seed, uploads)].map((step) =>
    step.kind === 'upload' ? { ...step, version: formVersion(step, seed, adoptions) } : step,
  );
}

/** What carries no form, or is not read, is known by its place alone. */
function placeOf(
  { set, tooLarge }: Pick<UploadStep, 'set' | 'tooLarge'>,
  random: Random,
): UploadStep['place'] {
  const isKnownByPlace = set === 'garbage' || tooLarge || random.chance(70);
  return isKnownByPlace ? 'whole' : random.pick(['department', 'period', 'nothing'] as const);
}

/** A claim is made by the office, of what it submits itself. */
function claimOf({ manner }: Pick<UploadStep, 'manner'>, random: Random): number | undefined {
  return manner === 'handed-over' && random.chance(15) ? random.between(1, 40) * day : undefined;
}

type Address = Pick<UploadStep, 'department' | 'period'>;

const wrongAddresses: Address[] = [
  { department: undefined, period: undefined },
  { department: 'nobody', period: '2023-01' },
  { department: 'sfj', period: '2023-13' },
  { department: 'sfj2', period: '2021-01' },
  { department: 'lyj', period: '2023-03' },
];

function someReturn(random: Random): Address {
  const { period } = random.pick(city.periods);
  const { id: department } = random.pick(city.departments.filter((each) => isValidIn(each, period)));
  return { department, period };
}

/** Some moment of the reporting season, often about the end of a day that decides. */
function momentIn(random: Random): number {
  if (random.chance(30)) {
    const { due, cutOff } = random.pick(city.periods);
    const end = Date.parse(endOfDay(random.pick([due, cutOff]), city.utcOffset));
    return end + random.pick([-2 * hour, -second, 0, 1, hour]);
  }
  return (
    Date.parse('2023-02-01T00:00:00.000Z') +
    random.between(0, random.pick([40, 40, 110])) * day +
    random.between(0, 23) * hour
  );
}

function uploadStep(
  id: string,
  at: number,
  { random, contested }: { random: Random; contested: Address[] },
): Omit<UploadStep, 'place' | 'version' | 'claimedBefore'> {
  const { department, period } = random.chance(80) ? random.pick(contested) : someReturn(random);
  const astray = random.chance(6) ? random.pick(wrongAddresses) : undefined;
  const garbage = astray !== undefined || random.chance(5);
  const manner = random.pick(['handed-over', 'put'] as const);
  return {
    kind: 'upload',
    id,
    at,
    manner,
    ...(astray ?? { department, period }),
    set: garbage ? 'garbage' : random.chance(10) ? 'negative' : random.pick(goodSets),
    note: random.chance(45) ? '更正' : '',
    // A browser puts under few names, so that one is often put over another; a clerk's file has its own name.
    fileName: manner === 'put' ? random.pick(['月报.xlsx', '月报+改.xlsx']) : `${id}.xlsx`,
    tooLarge: random.chance(3),
    deliveries: numbered(Array.from({ length: random.between(1, 5) }, (_, index) => delay(index, random))),
  };
}

function numbered(delays: number[]): Delivery[] {
  return delays.map((delay, index) => ({ number: index + 1, delay }));
}

/** Most deliveries come at once, some hours or days later, a few after two weeks. */
function delay(index: number, random: Random): number {
  const late = random.chance(index === 0 ? 10 : 40);
  if (!late) return random.pick([0, 1, 20, 300, 5 * second, 60 * second]);
  return random.pick([hour, day, 5 * day, 14 * day]) + random.between(0, 600) * second;
}
