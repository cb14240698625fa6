import type { Monthly } from './spreading.ts';

/** How an indicator's work falls over the year and over the departments that report it, where that is special. */
export interface Habit {
  /** The months' weights. */
  season?: Monthly;
  /** It happens in so many months only, chosen among these. */
  only?: { months: number; among: number[] };
  /** The departments' weights; 1 where none is given. */
  shares?: Record<string, number>;
  /** The months in which a department has nothing to report on (不适用). */
  notApplicable?: Record<string, number[]>;
}

const always = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const ownExams = { notApplicable: { fy: always, jcy: always } };
const inspections: Habit = {
  season: [6, 2, 7, 9, 9, 12, 10, 8, 11, 7, 8, 6],
  shares: { scj: 9, zhj: 8, gaj: 4, jtj: 6, nyj: 3, wjj: 3 },
  notApplicable: { wjj: [1, 2] },
};

/** The habits of the worked example, by indicator. All of them are made up. */
export const habits: Readonly<Record<string, Habit>> = {
  'learning-sessions': { shares: { sfj: 3, zfb: 3, zfw: 2, gaj: 2 } },
  'review-normative-documents': { season: [0, 0, 1, 2, 1, 2, 1, 1, 2, 1, 2, 1] },
  'enforcement-rectifications': { season: [0, 0, 0, 1, 2, 3, 3, 4, 4, 3, 2, 1] },
  'traffic-clues-rectified': { season: [0, 0, 1, 2, 3, 4, 5, 5, 4, 3, 1, 0], shares: { gaj: 2, jtj: 3 } },
  'law-exam-participants': { only: { months: 2, among: [5, 6, 9, 10] } },
  'business-environment-measures': { only: { months: 1, among: [3, 4, 5] } },
  'model-villages': { only: { months: 1, among: [9, 10, 11] } },
  'service-beneficiaries': { season: [3, 2, 12, 8, 9, 7, 5, 5, 8, 7, 9, 20] },
  'crime-meetings': { season: [1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 2] },
  'enforcement-personnel': inspections,
  'businesses-inspected': inspections,
  'theme-activities': { season: [4, 2, 8, 9, 7, 8, 4, 4, 7, 6, 8, 14], shares: { sfj: 3 } },
  'market-law-fairs': {
    season: [10, 8, 9, 7, 6, 5, 5, 6, 8, 8, 10, 12],
    shares: { sfj: 5, gaj: 3, fy: 2, jcy: 2 },
  },
  'online-exam-eligible': { ...ownExams, shares: { jyj: 9, gaj: 8, wjj: 7, zhj: 3, scj: 3, nyj: 3 } },
  'online-exam-taken': ownExams,
  'online-exam-excellent': ownExams,
  'official-accounts': { shares: { sfj: 3, gaj: 4, jyj: 4, wjj: 3 }, notApplicable: { zhj: always } },
  'hotline-received': { season: [9, 8, 10, 9, 10, 11, 12, 12, 10, 9, 10, 11] },
  'voice-received': { season: [0, 0, 5, 8, 10, 11, 12, 12, 11, 10, 11, 11] },
};
