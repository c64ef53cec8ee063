/** What every part of an official report is made from. Rule: figures and sentences come from the view of the site, never anew. */
import type { Labels } from '../../config/labels.ts';
import type { Letterhead, ReportSettings } from '../../config/schema/report.ts';
import { bareText } from '../rich-text.ts';
import type { SiteView } from '../view.ts';
import type { Rich } from '../view-parts.ts';

export interface OfficialInput {
  readonly view: SiteView;
  readonly labels: Labels;
  readonly settings: ReportSettings;
  /** Number and symbol a person was given for this report; null makes a draft. */
  readonly number: string | null;
}

/** What a report on one agency, or on all of them, is headed by. */
export function letterheadOf(settings: ReportSettings, agencyId: string | null): Letterhead {
  return (agencyId === null ? undefined : settings.agencies[agencyId]) ?? settings.letterhead;
}

/** A sentence of the site as text, ended as a sentence is. */
export function sentenceOf(text: Rich | string): string {
  const bare = (typeof text === 'string' ? text : bareText(text)).trim();
  return /[.;:!?]$/.test(bare) ? bare : `${bare}.`;
}

/** The words of a list in the label file, such as the columns of a form. */
export function words(labels: Labels, ...path: string[]): string[] {
  const found = labels.node(...path);
  return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : [];
}
