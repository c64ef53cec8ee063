/** What the sheets of the form are made from. */
import type { Form } from '../../config/form/form.ts';
import type { Labels } from '../../config/labels.ts';
import type { Config } from '../../config/load.ts';
import type { Prefill } from './prefill.ts';

export interface TemplateInput {
  readonly form: Form;
  readonly labels: Labels;
  readonly config: Pick<Config, 'criteria' | 'deadlines'>;
  /** null: no publication yet; the form holds the databases and nothing else. */
  readonly prefill: Prefill | null;
  /** Day of the figures that are filled in; null without a publication. */
  readonly asOf: string | null;
  /** Id of the run they are taken from. */
  readonly publication: string | null;
  readonly madeAt: Date;
}
