/**
 * What tests leave behind is put away at the end of each test or file. Test files of one worker share the modules they import,
 * so a helper registers here, once; a hook of vitest in a helper would serve the first file only.
 */
type PutAway = () => void | Promise<void>;

const afterTests: PutAway[] = [];
const afterFiles: PutAway[] = [];

/** After each test of every file; does nothing where nothing was left. */
export function afterEachTest(putAway: PutAway): void {
  afterTests.push(putAway);
}

/** After the last test of every file; does nothing where nothing was left. */
export function afterEachFile(putAway: PutAway): void {
  afterFiles.push(putAway);
}

export const testEnds = async (): Promise<void> => void (await Promise.all(afterTests.map((putAway) => putAway())));
export const fileEnds = async (): Promise<void> => void (await Promise.all(afterFiles.map((putAway) => putAway())));
