/** The readers of names that the readers of tables and sentences share. */
import type { Registry } from '../registry.ts';
import { type AgencyNames, agencyNames } from './agencies.ts';
import { type DatabaseNames, databaseNames } from './databases.ts';

export interface Names {
  agencies: AgencyNames;
  databases: DatabaseNames;
  /** The agency that a database belongs to; null when the registry gives none or has no such database. */
  ownerOf(databaseId: string): string | null;
}

export function readNames(registry: Registry): Names {
  const owners = new Map(registry.databases.map((database) => [database.database_id, database.agency_id]));
  return {
    agencies: agencyNames(registry),
    databases: databaseNames(registry),
    ownerOf: (databaseId) => owners.get(databaseId) ?? null,
  };
}
