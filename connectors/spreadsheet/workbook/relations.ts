/** Which parts of the workbook belong to which: `_rels/*.rels`. Targets are looked up among the parts, never on a disk. */
import type { Archive } from '../../document/formats/archive-gate.ts';
import { tooLarge } from './fault.ts';
import { readPart } from './xml-part.ts';

export interface Relation {
  id: string;
  /** Last word of the type: "worksheet", "sharedStrings", "officeDocument"… */
  kind: string;
  /** Path of a part; of an external relation the empty string, so that no address of it is kept. */
  target: string;
  external: boolean;
}

const MOST = 5_000;

/** The relations of a part (of the package for ''); none where it has no file of them. */
export async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const relations: Relation[] = [];
  await readPart(archive, `${folder}_rels/${part.slice(slash + 1)}.rels`, {
    open(name, { Id = '', Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship') return;
      if (relations.length >= MOST) throw tooLarge('the workbook has too many parts');
      const external = TargetMode?.toLowerCase() === 'external';
      const target = external ? '' : pathOf(folder, Target);
      relations.push({ id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), target, external });
    },
  });
  return relations;
}

function pathOf(folder: string, target: string): string {
  const path: string[] = [];
  for (const part of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (part === '..') path.pop();
    else if (part !== '' && part !== '.') path.push(part);
  }
  return path.join('/');
}
