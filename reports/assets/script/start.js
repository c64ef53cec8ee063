// What a page starts, in this order. Rule: every page is whole without any of it.
import { startAddress } from './address.js';
import { startBanner, startConsoleLink } from './banner.js';
import { startFilter } from './filter.js';
import { startSearch } from './search.js';
import { startSort } from './sort.js';
import { startTheme } from './theme.js';

startTheme();
startBanner();
startConsoleLink();
startSort();
startFilter();
startSearch();
startAddress();
