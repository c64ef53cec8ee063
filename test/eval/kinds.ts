/** The kinds of facts that are measured apart, in the order in which they are printed. */
export const KINDS = [
  'criteria counts',
  'record counts',
  'C12 connection',
  'C06 connection',
  'sync',
  'cleaning',
  'security',
  'software',
  'ratios',
  'other attributes',
  'tasks',
  'deadlines',
  'legal basis',
  'lead agencies',
  'overdue agencies',
  'database links',
  'agency counts',
  'list counts',
  'odd dates',
] as const;
export type Kind = (typeof KINDS)[number];

/** The kinds for which a precision of 0.98 and a recall of 0.95 are promised. */
export const REQUIRED: ReadonlySet<Kind> = new Set<Kind>([
  'criteria counts',
  'record counts',
  'C12 connection',
  'C06 connection',
  'sync',
  'cleaning',
  'security',
  'software',
  'ratios',
  'tasks',
  'deadlines',
  'overdue agencies',
  'agency counts',
]);

const BY_ATTRIBUTE: Record<string, Kind> = {
  'checklist.met': 'criteria counts',
  'records.count': 'record counts',
  'records.expected': 'record counts',
  'c12.connection': 'C12 connection',
  'c06.connection': 'C06 connection',
  'c12.sync': 'sync',
  'c06.cleaning': 'cleaning',
  'c06.reconciliation': 'cleaning',
  'security.assessment': 'security',
  'security.level_approval': 'security',
  'software.state': 'software',
  'units.ratio': 'ratios',
  'units.count': 'ratios',
};

/** The kind under which an attribute is measured. */
export function kindOf(attribute: string): Kind {
  return BY_ATTRIBUTE[attribute] ?? 'other attributes';
}
