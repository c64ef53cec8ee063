/** Words for a fact on the page for checking: what, value, and what was said along with it. */
import { viDate, viNumber } from '../config/format.ts';
import type { Labels } from '../config/labels.ts';
import type { ReviewFact } from './review-input.ts';

/** "Kết nối với Trung tâm dữ liệu quốc gia"; criteria and attributes without a label stand under their key. */
export function attributeWords(labels: Labels, attribute: string): string {
  if (labels.has('attributes', attribute)) return labels.text('attributes', attribute);
  const criterion = /^criterion\.tc(\d+)$/.exec(attribute)?.[1];
  return criterion === undefined
    ? attribute
    : labels.format(['pages', 'review', 'criterion'], { n: Number(criterion) });
}

export function valueWords(labels: Labels, fact: ReviewFact): string {
  const unit = fact.unit === undefined ? '' : ` ${fact.unit}`;
  if (fact.value_total !== undefined && fact.value_number !== undefined)
    return `${viNumber(fact.value_number)}/${viNumber(fact.value_total)}${unit}`;
  if (fact.value_low !== undefined && fact.value_high !== undefined) {
    if (fact.value_low === fact.value_high) return `${viNumber(fact.value_low)}${unit}`;
    const range = { a: viNumber(fact.value_low), b: viNumber(fact.value_high) };
    return `${labels.format(['format', 'range'], range)}${unit}`;
  }
  if (fact.value_number !== undefined) return `${viNumber(fact.value_number)}${unit}`;
  if (fact.value_time !== undefined) return dayWords(fact.value_time);
  if (fact.value_text === undefined) return labels.text('format', 'none');
  if (fact.scale !== null && labels.has('scales', fact.scale, fact.value_text))
    return labels.text('scales', fact.scale, fact.value_text);
  if (fact.attribute === 'blocked_by' && labels.has('blocked_by', fact.value_text))
    return labels.text('blocked_by', fact.value_text);
  return fact.value_text;
}

/** Partner, stage, role, extent, tense, quoted body, flags: each with its name, so that a wrong one is seen. */
export function detailWords(labels: Labels, fact: ReviewFact): string[] {
  const out: string[] = [];
  const add = (...path: string[]): void => void (labels.has(...path) && out.push(labels.text(...path)));
  if (fact.target !== undefined)
    out.push(
      labels.has('pages', 'site', 'targets', fact.target)
        ? labels.text('pages', 'site', 'targets', fact.target)
        : fact.target,
    );
  if (fact.stage !== undefined) add('scales', 'record_stage', fact.stage);
  if (fact.role !== undefined) add('scales', 'coverage_role', fact.role);
  if (fact.extent !== 'whole') add('extent', fact.extent);
  if (fact.modality !== 'done') add('modality', fact.modality);
  if (fact.quoted !== undefined)
    out.push(labels.format(['pages', 'review', 'quoted'], { x: fact.quoted.toUpperCase() }));
  if (fact.shared_n > 1) out.push(labels.format(['pages', 'common', 'shared_mark'], { n: fact.shared_n }));
  for (const [name, value] of Object.entries(fact.flags)) {
    const words = flagWords(labels, name, value);
    if (words !== null) out.push(words);
  }
  return out;
}

function flagWords(labels: Labels, name: string, value: string | number | boolean): string | null {
  if (value === false) return null;
  if (name === 'hedge' && labels.has('pages', 'review', 'hedges', String(value)))
    return labels.text('pages', 'review', 'hedges', String(value));
  if (value === true && labels.has('scales', 'software_flags', name))
    return labels.text('scales', 'software_flags', name);
  if (value === true)
    return labels.has('pages', 'site', 'flags', name) ? labels.text('pages', 'site', 'flags', name) : name;
  const plain = typeof value === 'number' ? viNumber(value) : dayWords(String(value));
  const x =
    name === 'holder' && labels.has('holders', plain)
      ? labels.text('holders', plain)
      : labels.has('pages', 'site', 'flag_values', plain)
        ? labels.text('pages', 'site', 'flag_values', plain)
        : plain;
  return labels.has('pages', 'site', 'flags', name)
    ? labels.format(['pages', 'site', 'flags', name], { x })
    : `${name}: ${x}`;
}

/** A day as people write it; any other text as it is. */
export function dayWords(text: string): string {
  return /^\d{4}-\d{2}-\d{2}(?:$|T)/.test(text) ? viDate(text.slice(0, 10)) : text;
}
