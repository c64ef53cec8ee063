/** How far the software of a database is (none … operating), and for which part of it that holds. */
import type { Clause } from '../language/sentences.ts';
import { eventDay } from './event-day.ts';
import type { Fact, Reading, Refusal, RuleContext } from './fact.ts';
import { type Mood, moodAt } from './mood.ts';
import { factBase, refusal } from './predicate.ts';
import { FORMS, type Form, THING } from './software-forms.ts';

const LABEL = /\b(?:phan mem|bo cong cu|cong cu|he thong|ung dung|pm)\b/;
/** A part of the software is not the software. */
const PART =
  /\b(?:chuc nang|giao dien|module|phan he|tinh nang|bao cao|dashboard|bang dieu khien|api|bieu mau|quy trinh|dich vu cong|dvc|danh muc|cong dich vu|tthc|thu tuc)\b/;
/** Other work with the same verbs. */
const OTHER_WORK =
  /\b(?:ke hoach|nghi dinh|thong tu|quyet dinh|van ban|de an|quy che|tieu chi|quy dinh|chien luoc|kien truc|du thao|phuong an|ho so|ket noi|dong bo|lam sach|ha tang)\b/;

/** Software is meant where these are said, even when it is not named. */
const IMPLIED = /\b(?:uat|go-?live|golive|lap trinh(?! dich vu| api| ket noi))\b/;
/** "34.906 hợp tác xã đang hoạt động": what is counted is at work, not the software. */
const COUNTED = /\d\s+(?!tinh|thanh pho|dia phuong|don vi|so\b|xa\b|phuong\b|cua khau)(?:[a-z]+ ){1,8}$/;

export function readSoftware(clause: Clause, context: RuleContext): Reading {
  const lower = clause.lower;
  const labelled = LABEL.test(clause.sentence.label);
  const named = new RegExp(`\\b${THING}`).exec(lower) ?? IMPLIED.exec(lower);
  const omitted =
    /^\W*(?:(?:da |duoc |chinh thuc |hoan thanh,? |xay dung xong,? )*(?:dua|di) vao (?:khai thac|van hanh|su dung|hoat dong)\b|(?:da |dang |chinh thuc )*van hanh (?:chinh thuc |on dinh )?(?:ke )?tu (?:ngay|thang|nam|dau|\d))/.test(
      lower,
    ) && clause.index === 0;
  const spoken = omitted || labelled || (named === null && goesOn(clause));
  if (named === null && !spoken && !/\b(?:phan he|module)\b/.test(lower)) return { facts: [], refusals: [] };
  const none = labelled && clause.sentence.labelled ? /^\W*(?:chua|khong) co\b/.exec(lower) : null;
  if (none !== null) {
    return {
      facts: [withExtent(clause, context, { start: 0, end: none[0].length }, 'negated', 'none', '')],
      refusals: [],
    };
  }
  const refusals: Refusal[] = [];
  for (const { form, match } of matches(lower)) {
    if (/\b(?:sau|truoc|trong) khi\s*$/.test(lower.slice(0, match.index))) continue;
    if (/hoat dong/.test(match[0]) && COUNTED.test(lower.slice(0, match.index))) continue;
    if (/\btai khoan\b/.test(match[0]) && form.state === 'built') continue;
    // "cấp tài khoản kiểm thử", "do đơn vị tự xây dựng": no stage of the software.
    if (/\b(?:tai khoan|du lieu)\s*$/.test(lower.slice(0, match.index))) continue;
    if (form.state === 'building' && /\bdo\b[^,;.]{2,50}\b(?:tu|truc tiep)\s*$/.test(lower.slice(0, match.index)))
      continue;
    const at = { start: match.index, end: match.index + match[0].length };
    if (
      !form.whole &&
      !isAboutSoftware(lower, at, named?.index ?? null, spoken) &&
      !(form.state === 'building' && clause.sentence.labelled && labelled)
    )
      continue;
    const mood = moodAt(clause, verbStart(match), context.stated);
    const met =
      form.state === 'under_test' &&
      mood === 'purpose' &&
      /\b(?:hop|hoi nghi|buoi lam viec)\b/.test(lower.slice(0, at.start));
    const value = met ? 'under_test' : stateOf(form.state, mood);
    if (value === null) {
      if (mood === 'hypothetical' || mood === 'requested') {
        refusals.push(refusal(mood, 'software that is not said to be there', at));
      }
      continue;
    }
    return { facts: [withExtent(clause, context, at, mood, value, match[0])], refusals: [] };
  }
  return { facts: [], refusals };
}

/** Every place where a form fits, most advanced form first. */
function matches(lower: string): { form: Form; match: RegExpExecArray }[] {
  return FORMS.flatMap((form) =>
    [...lower.matchAll(new RegExp(form.pattern.source, 'g'))].slice(0, 3).map((match) => ({ form, match })),
  );
}

/** A clause that opens with its verb speaks of what the clause before it spoke of. */
function goesOn(clause: Clause): boolean {
  const tested = /\b(?:kiem thu|nghiem thu|chay thu|van hanh thu)\b/.test(clause.folded);
  if (clause.index > 0 && tested && new RegExp(`\\b${THING}`).test(clause.sentence.lower)) return true;
  if (
    clause.index === 0 ||
    !/^(?:va |nhung |hien |den nay |(?:tu|den) (?:ngay )?[\d/]+ )?(?:da|dang|chua|duoc|dua|se|van hanh|cai dat|trien khai)\b/.test(
      clause.folded,
    )
  )
    return false;
  const before = clause.sentence.clauses[clause.index - 1]?.lower ?? '';
  return new RegExp(`\\b${THING}`).test(before) && !/\b(?:ket noi|dong bo|lien thong)\b/.test(before);
}

/** The verb stands inside the match; cues inside it ("đã …") are seen by starting at its end word. */
function verbStart(match: RegExpExecArray): number {
  const cue = /^(?:da|dang|hoan thanh|hoan tat|cho phep|chua|khong)\b(?:\s+(?:viec|duoc|co))*\s*/.exec(match[0]);
  return match.index + (cue?.[0].length ?? 0);
}

function isAboutSoftware(
  lower: string,
  at: { start: number; end: number },
  named: number | null,
  labelled: boolean,
): boolean {
  const after = lower.slice(at.end, at.end + 40);
  // Up to where the sentence says where, since when or by whom.
  const object = /^[^,;.]*?(?=\b(?:tren|tai|tu|theo|do|nham|ke tu)\b|[,;.]|$)/.exec(after)?.[0] ?? '';
  const firstPart = PART.exec(object)?.index ?? Number.POSITIVE_INFINITY;
  const firstThing = new RegExp(`\\b${THING}`).exec(object)?.index ?? Number.POSITIVE_INFINITY;
  const firstOther = OTHER_WORK.exec(object)?.index ?? Number.POSITIVE_INFINITY;
  if (/\bkiem thu\b/.test(lower.slice(at.start, at.end))) return true;
  if (firstPart < firstThing || firstOther < firstThing) return false;
  if (/\b(?:ket noi|duong truyen|lien thong|kenh)\s*$/.test(lower.slice(0, at.start))) return false;
  if (PART.test(lower.slice(Math.max(0, at.start - 60), at.start)) && firstThing === Number.POSITIVE_INFINITY)
    return false;
  return named !== null || labelled;
}

function stateOf(state: string, mood: Mood): string | null {
  if (state === 'none') return mood === 'hypothetical' ? null : 'none';
  if (state === 'planned') return mood === 'hypothetical' || mood === 'negated' ? null : 'planned';
  if (mood === 'hypothetical' || mood === 'requested') return null;
  if (mood === 'intended' || mood === 'purpose' || mood === 'ready') {
    if (state === 'building' || state === 'built' || state === 'deploying' || state === 'deployed') {
      return mood === 'intended' ? 'planned' : null;
    }
    return null;
  }
  if (mood === 'negated') {
    if (state === 'building' || state === 'built' || state === 'none') return 'none';
    return null;
  }
  if (state === 'none') return null;
  if (mood === 'unfinished') return state === 'built' || state === 'building' ? 'building' : null;
  if (mood === 'ongoing') {
    if (state === 'built') return 'building';
    if (state === 'deployed') return 'deploying';
    return state;
  }
  if (state === 'building') return mood === 'done' ? 'built' : 'building';
  return state;
}

function withExtent(
  clause: Clause,
  context: RuleContext,
  at: { start: number; end: number },
  mood: Mood,
  value: string,
  words: string,
): Fact {
  const lower = clause.lower;
  const whole = clause.sentence.lower;
  const day = eventDay(clause, context.stated);
  const fact: Fact = {
    ...factBase(clause, at, mood),
    attribute: 'software.state',
    value_text: value,
    ...(value === 'deploying' || value === 'building' || value === 'trial' ? { modality: 'done' } : {}),
    ...(day === null ? {} : { observed_at: day }),
  };
  if (/\b(?:tai|o|cap|muc) trung uong\b/.test(whole) && !/\btrung uong (?:den|toi|va) dia phuong\b/.test(whole)) {
    fact.extent = 'central_only';
    fact.flags = { ...fact.flags, central_only: true };
  } else if (/\b(?:ve|xuong|tai cac|cho cac) dia phuong\b/.test(lower) && value === 'planned') {
    fact.extent = 'some_units';
  } else if (value === 'deploying' && /\b(?:cac|mot so|\d+) (?:tinh|dia phuong|don vi)\b/.test(lower)) {
    fact.extent = 'some_units';
  } else if (
    /\b(?:mot so|\d+) (?:tinh|dia phuong|don vi)\b/.test(lower) &&
    value !== 'under_test' &&
    !/\d+\s?\/\s?\d+/.test(lower)
  ) {
    fact.extent = 'some_units';
  }
  if (/\b(?:cap nhat|nhap|thu thap)\b/.test(words)) fact.confidence = 0.7;
  if (/nang cap|hieu chinh|chinh sua/.test(words) && (value === 'built' || value === 'building')) {
    fact.flags = { ...fact.flags, upgrading: true };
    if (PART.test(lower)) fact.extent = 'component';
  }
  if (value === 'under_test' && /\b(?:don vi dong hanh|nha thau|doi tac|don vi tu van)\b/.test(whole)) {
    fact.flags = { ...fact.flags, vendor_not_accepted: true };
  }
  if (/\bco ban\b/.test(words)) fact.flags = { ...fact.flags, degree: 'co_ban' };
  if (/\b(?:cho den khi|tam thoi)\b/.test(lower)) fact.flags = { ...fact.flags, temporary: true };
  return fact;
}
