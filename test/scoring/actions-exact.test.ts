/** What an action gains is what a real night would show in which it is done: no shortcut of the re-scoring may differ. */
import { expect, test } from 'vitest';
import { idOf, inputOf, sample } from '../support/generated.ts';
import { type Fact, night } from '../support/night.ts';

test('every gain, against a night in which the statement was really made', async () => {
  const input = inputOf(sample(220, 11));
  const before = await night(input);
  await before.actions();
  const steps = await before.query('SELECT * FROM score.action_step WHERE attribute IS NOT NULL ORDER BY ALL');
  const gains = await before.query(
    'SELECT database_id, action, level_to, confirmed_to, criteria_to, applicable_to, floor_to FROM score.action_gain ORDER BY ALL',
  );
  const scenarios = [...new Map(steps.map((s) => [`${s.database_id}.${s.action}`, s])).values()];
  expect(scenarios.length).toBeGreaterThan(100);
  const copyOf = (s: Record<string, unknown>) => `${s.database_id}-${String(s.action).replaceAll('_', '-')}`;
  const done = await night({
    ...input,
    databases: scenarios.map((s) => {
      const row = (input.databases ?? []).find((d) => typeof d !== 'string' && d.database_id === s.database_id);
      return { ...(typeof row === 'object' ? row : {}), database_id: copyOf(s) };
    }),
    facts: scenarios.flatMap((s): Fact[] => [
      ...(input.facts ?? [])
        .filter((fact) => fact.about === s.database_id)
        .map((fact) => ({ ...fact, about: copyOf(s) })),
      ...steps
        .filter((step) => step.database_id === s.database_id && step.action === s.action)
        .map(
          (step): Fact => ({
            about: copyOf(s),
            attribute: String(step.attribute),
            state: String(step.value_text),
            saidBy: step.said_by as 'owner',
            modality: 'done',
            source: 'whatif',
            observed: `${before.asOf}T23:00:00+07:00`,
            stated: `${before.asOf}T23:00:00+07:00`,
          }),
        ),
    ]),
  });
  const real = new Map(
    (
      await done.query(
        `SELECT l.database_id, l.level_reported AS level_to, l.level_confirmed AS confirmed_to, k.floor_count AS criteria_to, k.applicable AS applicable_to,
           points(c.floor_num, c.den) AS floor_to
         FROM score.level AS l JOIN score.checklist AS k USING (database_id) LEFT JOIN score.composite AS c USING (database_id)`,
      )
    ).map(({ database_id: id, ...rest }) => [String(id), rest]),
  );
  for (const s of scenarios) {
    const {
      database_id: _id,
      action: _action,
      ...gain
    } = gains.find((g) => g.database_id === s.database_id && g.action === s.action) ?? {};
    expect(gain, copyOf(s)).toEqual(real.get(copyOf(s)));
  }
  expect(scenarios.some((s) => s.database_id === idOf(0) || s.database_id === idOf(1))).toBe(true);
  before.close();
  done.close();
}, 120_000);
