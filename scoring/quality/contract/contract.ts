/** A data contract, compiled: its tables, what each field weighs, and its checks in terms of the check model. */
import type { Problem } from '../../../config/fault.ts';
import type { Check, Column } from '../check.ts';
import type { OdcsServer } from './odcs.ts';

export interface ContractTable {
  readonly id: string;
  /** As the data calls it. */
  readonly physicalName: string;
  readonly columns: readonly Column[];
  /** The primary key, in the order of its positions; empty where the contract names none. */
  readonly key: readonly string[];
}

export interface ContractField {
  readonly table: string;
  readonly column: string;
  readonly weight: number;
  /** Must be right in every row. */
  readonly isIdentifier: boolean;
  readonly isCritical: boolean;
  readonly classification: string | null;
}

export interface ContractCheck {
  readonly check: Check;
  /** Weight among the rules of one criterion of one field. */
  readonly weight: number;
  /** Version of the contract, or of the rule of the library with its name. */
  readonly ruleVersion: string;
  /** The observation it counts for; null for none. */
  readonly attribute: string | null;
}

export interface Contract {
  readonly id: string;
  readonly version: string;
  /** The database of the catalogue it speaks of. */
  readonly databaseId: string;
  /** SHA-256 of what was read. */
  readonly hash: string;
  readonly tables: readonly ContractTable[];
  readonly fields: readonly ContractField[];
  readonly checks: readonly ContractCheck[];
  readonly servers: readonly OdcsServer[];
}

/** What would silently not be checked is an error; what is reported and not checked, or doubtful, a warning. */
export interface ContractProblem extends Problem {
  readonly severity: 'error' | 'warning';
}
