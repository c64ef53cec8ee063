/** Runs before each test file. */
import { afterAll, afterEach } from 'vitest';
import { fileEnds, testEnds } from './left-behind.ts';

afterEach(testEnds);
afterAll(fileEnds);
