/** Vietnamese administrative text: numbers, days, abbreviations, names, sentences, and the facts read of them. */
import type fc from 'fast-check';
import { isDay } from '../../../config/schema/parts.ts';
import { documentReader } from '../../../connectors/document/extract.ts';
import { findOddDates } from '../../../connectors/document/facts/odd-dates.ts';
import { readStatus } from '../../../connectors/document/facts/read-status.ts';
import { decodeText } from '../../../connectors/document/formats/text-encoding.ts';
import { expandAbbreviations, expandNames } from '../../../connectors/document/language/abbreviations.ts';
import { findDays, parseDeadline } from '../../../connectors/document/language/dates.ts';
import { clean, fold, foldLetters, slug } from '../../../connectors/document/language/fold.ts';
import { findQuantities } from '../../../connectors/document/language/numbers.ts';
import { readSentences } from '../../../connectors/document/language/sentences.ts';
import { cellAt } from '../../../connectors/document/model.ts';
import { files, texts } from '../inputs.ts';
import { config, sentences, WORDS } from '../samples.ts';
import { must, type Targets, text } from '../target.ts';

const STATED = '2026-06-30';
const inputs = texts(sentences, WORDS);
const within = (span: { start: number; end: number }, of: string): boolean =>
  span.start >= 0 && span.start < span.end && span.end <= of.length;

export const targets: Targets = {
  'text: numbers': () =>
    text({
      inputs,
      feed: (input) => {
        const folded = fold(input).toLowerCase();
        for (const found of findQuantities(folded)) {
          must(within(found, folded), 'a number stands in its text');
          must(found.low <= found.high && found.low >= 0, `bounds of ${JSON.stringify(found)}`);
        }
      },
    }),
  'text: days and deadlines': () =>
    text({
      inputs,
      feed: (input) => {
        const folded = fold(input);
        for (const found of findDays(input)) must(isDay(found.day) && within(found, folded), 'a day that exists');
        const { day } = parseDeadline(input);
        must(day === null || isDay(day), `deadline ${day}`);
        findOddDates(input, STATED);
      },
    }),
  'text: folding and names of ids': () =>
    text({
      inputs,
      feed: (input) => {
        must(
          fold(input).length === input.normalize('NFC').length || fold(input).length === input.length,
          'length kept',
        );
        must(/^([a-z0-9]+(-[a-z0-9]+)*)?$/.test(slug(input)), `slug ${slug(input)}`);
        must(foldLetters(foldLetters(input)) === foldLetters(input), 'folded twice is folded');
        must(clean(clean(input)) === clean(input), 'cleaned twice is cleaned');
        expandNames(input);
      },
    }),
  'text: abbreviations and sentences': () =>
    text({
      inputs,
      feed: (input) => {
        const expanded = expandAbbreviations(input);
        for (const sentence of readSentences(expanded.text)) {
          const at = expanded.original(sentence.start);
          must(at >= 0 && at <= input.length, 'a sentence stands in the text as printed');
        }
      },
    }),
  'text: names of agencies and databases': () => {
    const { names } = documentReader(config);
    return text({
      inputs,
      feed: (input) => {
        for (const found of names.agencies.find(input, STATED)) must(found.id !== '', 'an agency has an id');
        for (const found of names.databases.find(input)) must(within(found, input), 'a name stands in its text');
      },
    });
  },
  'text: facts of a status': () => {
    const { names, units, criteria } = documentReader(config);
    const databases = ['tre-em'];
    return text({
      inputs,
      feed: (input) => {
        const { facts } = readStatus(cellAt(input, { line: 1 }), {
          units,
          criteria,
          stated: STATED,
          databases,
          isOwn: (id) => databases.includes(id),
          namesOther: (part) => names.agencies.find(part, STATED).length > 0,
          findDatabases: (part) => names.databases.find(part),
        });
        for (const fact of facts) {
          must(fact.at >= 0 && fact.at < fact.to && fact.at <= input.length, `place of ${JSON.stringify(fact)}`);
          must(fact.observed_at === undefined || isDay(fact.observed_at.slice(0, 10)), `day ${fact.observed_at}`);
          must(!(Number(fact.value_low) > Number(fact.value_high)), 'bounds in order');
          must(fact.confidence >= 0 && fact.confidence <= 1, 'confidence');
        }
      },
    });
  },
  'bytes: encodings of text': () =>
    text({
      inputs: files(
        sentences.slice(0, 60).flatMap((one) => [Buffer.from(one), Buffer.from(one, 'utf16le')]),
      ) as fc.Arbitrary<Uint8Array>,
      feed: (input) => must(typeof decodeText(input).text === 'string', 'is a text'),
    }),
};
