// The one form that filters the lists of its page: by words, agency, kind and what else a page has fields for.
// Rule: an item fits when it fits every field; what is chosen stands in the address, and in words above a printed list.
import { clearAddress, followAddress, writeAddress } from './address.js';
import { plain, put, slug, viOrder, wordsOf } from './words.js';

/** Names of the agencies an item is about: an attribute, or the text of the cells that name them. */
function agenciesOf(item) {
  const marked = item.matches('[data-by]') ? [item] : [...item.querySelectorAll('[data-by]')];
  return marked.map((one) => one.dataset.by || one.textContent.trim()).filter(Boolean);
}

/** Rows of the tables and lines of the lists of one group. */
function itemsOf(group) {
  return [...group.querySelectorAll(':scope tbody > tr, :scope .findings > li')].map((node) => {
    const agencies = agenciesOf(node);
    const { search, agency, level, listed, tags } = node.dataset;
    return {
      node,
      agencies,
      text: plain(`${search ?? node.textContent} ${agencies.join(' ')}`),
      // An umbrella row stands for its parts and is not counted.
      isCounted: !node.classList.contains('row-umbrella'),
      values: {
        agency: agency === undefined ? agencies.map(slug) : [agency],
        kind: [group.getAttribute('aria-labelledby') ?? ''],
        level: [level ?? ''],
        listed: (listed ?? '').split(' '),
        tags: (tags ?? '').split(' '),
      },
    };
  });
}

/** Fills a list of choices from what the page holds: agencies in Vietnamese order, kinds in the order of the page. */
function fill(select, groups) {
  const found = new Map();
  for (const { group, items } of groups) {
    if (select.dataset.of === 'kind') {
      const heading = group.querySelector('h2, h3').cloneNode(true);
      heading.querySelector('.count-no')?.remove();
      found.set(group.getAttribute('aria-labelledby'), heading.textContent.trim());
    } else for (const name of items.flatMap((item) => item.agencies)) found.set(slug(name), name);
  }
  const options = [...found];
  if (select.dataset.of !== 'kind') options.sort(([, a], [, b]) => viOrder.compare(a, b));
  for (const [value, text] of options) {
    const option = document.createElement('option');
    option.value = value;
    option.textContent = text;
    select.append(option);
  }
  // A choice of one is none.
  if (options.length < 2) select.closest('label').hidden = true;
}

/** What a place of the address chooses ("qua-han", "muc-3"), where a field lets places choose. */
function chosenBy(place, selects) {
  for (const { name, options, dataset } of selects)
    if (dataset.places !== undefined && place !== '')
      for (const { value } of options)
        if (value !== '' && (value === place || `${name}-${value}` === place)) return { name, value };
  return null;
}

export function startFilter() {
  const form = document.querySelector('form[data-filter]');
  if (form === null) return;
  const groups = [...document.querySelectorAll('[data-group]')].map((group) => ({ group, items: itemsOf(group) }));
  const items = groups.flatMap((one) => one.items);
  const box = form.querySelector('input');
  const selects = [...form.querySelectorAll('select[data-of]')];
  const fields = [box, ...selects];
  const output = form.querySelector('output');
  const total = items.filter((item) => item.isCounted).length;
  for (const select of selects) if (select.dataset.fill !== undefined) fill(select, groups);
  form.hidden = total === 0;

  const show = () => {
    const words = wordsOf(box.value);
    const active = selects.filter((select) => select.value !== '');
    const isAll = words.length === 0 && active.length === 0;
    let count = 0;
    for (const { group, items: own } of groups) {
      let shown = 0;
      for (const item of own) {
        const fits =
          words.every((word) => item.text.includes(word)) &&
          active.every(({ dataset, value }) => item.values[dataset.of].includes(value)) &&
          // The level of an umbrella row is that of its parts: a choice by level or state lists those.
          (item.isCounted || active.every(({ dataset }) => dataset.of !== 'level' && dataset.of !== 'tags'));
        item.node.hidden = !fits;
        if (fits) shown += 1;
        if (fits && item.isCounted) count += 1;
      }
      group.hidden = !isAll && shown === 0;
      const heading = group.querySelector('.count-no');
      if (heading !== null) {
        heading.dataset.all ??= heading.textContent;
        heading.textContent = isAll ? heading.dataset.all : `${shown}/${heading.dataset.all}`;
      }
    }
    const said = [
      ...(words.length === 0 ? [] : [`“${box.value.trim()}”`]),
      ...active.map((select) => select.selectedOptions[0].textContent),
    ];
    output.textContent = put(isAll ? form.dataset.all : count === 0 ? form.dataset.none : form.dataset.count, {
      n: count,
      total,
      by: said.join('; '),
    });
    output.classList.toggle('is-chosen', !isAll);
    for (const link of document.querySelectorAll('.presets a')) {
      const chosen = form.elements.namedItem('loc').value;
      if (link.hash === `#${chosen || 'tat-ca'}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };

  let isTyping = false;
  form.addEventListener('input', ({ target }) => {
    if (target.dataset.orders !== undefined) return;
    // Each choice is a step of "back"; a word that is being typed is one step, however many keys.
    writeAddress(Object.fromEntries(fields.map(({ name, value }) => [name, value])), isTyping && target === box);
    isTyping = target === box;
    show();
  });
  box.addEventListener('change', () => {
    isTyping = false;
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(clearAddress));
  followAddress(({ place, chosen }) => {
    const byPlace = chosenBy(place, selects);
    const target = place === '' || byPlace !== null ? null : document.getElementById(place);
    const wasHidden = target !== null && target.closest('[hidden]') !== null;
    for (const field of fields) {
      field.value = (byPlace?.name === field.name ? byPlace.value : chosen.get(field.name)) ?? '';
      // What no option has (a link of another night) chooses nothing.
      if (field.selectedIndex < 0) field.selectedIndex = 0;
    }
    // As a choice it stays when an order is added to the address.
    if (byPlace !== null) writeAddress({ [byPlace.name]: byPlace.value }, true);
    show();
    // What the filter has just brought back into the page could not be scrolled to before.
    if (wasHidden) target.scrollIntoView();
  });
}
