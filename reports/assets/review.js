/* The page for checking: walking from fact to fact, the filter, and the lines for decisions.yaml. Without it the page reads. */
(() => {
  const body = document.body;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const decisions = new Map();
  const checked = new Set();
  let current = null;
  let filter = 'all';

  const wanted = (note) => {
    const { kind } = note.dataset;
    if (filter === 'low') return kind === 'low' || kind === 'refused';
    if (filter === 'rejected') return kind === 'rejected' || kind === 'refused';
    return note.hasAttribute('data-fact') || kind === 'rejected' || kind === 'check';
  };
  const notes = () => all('.note').filter(wanted);

  const mark = (note, on) => {
    if (note === null) return;
    note.classList.toggle('current', on);
    for (const words of all(`mark[data-notes~="${note.id}"]`)) words.classList.toggle('here', on);
    const item = one(`.side li[data-for="${note.id}"]`);
    if (item !== null) {
      item.classList.toggle('current', on);
      if (on) item.scrollIntoView({ block: 'nearest' });
    }
  };
  const go = (note, scroll = true) => {
    if (note === undefined || note === null) return;
    mark(current, false);
    current = note;
    mark(note, true);
    if (!scroll) return;
    const words = one(`mark[data-notes~="${note.id}"]`);
    // The words and their note belong together: on a narrow screen the note stands below the text.
    (matchMedia('(max-width: 56rem)').matches ? note : (words ?? note)).scrollIntoView({ block: 'center' });
  };
  const step = (by) => {
    const list = notes();
    const at = current === null ? -1 : list.indexOf(current);
    go(at < 0 ? list[by > 0 ? 0 : list.length - 1] : list[Math.min(Math.max(at + by, 0), list.length - 1)]);
  };

  const quoted = (text) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\s+/g, ' ').trim()}"`;
  const write = () => {
    const who = quoted(one('[data-who]').value);
    const ground = quoted(one('[data-ground]').value);
    one('[data-lines]').value = [...decisions.values()]
      .map((line) => line.replace('who: ""', () => `who: ${who}`).replace('ground: ""', () => `ground: ${ground}`))
      .join('\n');
    one('[data-count]').textContent = String(decisions.size);
    one('[data-done]').textContent = String(checked.size);
  };
  const choose = (note, choice) => {
    if (note === null || note.dataset.id === undefined) return;
    const taken = note.classList.contains(choice) ? null : choice;
    for (const kind of ['confirm', 'reject']) {
      note.classList.toggle(kind, kind === taken);
      one(`.side li[data-for="${note.id}"]`)?.classList.toggle(kind, kind === taken);
      one(`[data-choose="${kind}"]`, note).setAttribute('aria-pressed', String(kind === taken));
    }
    decisions.delete(note.id);
    checked.delete(note.id);
    if (taken !== null) checked.add(note.id);
    // A fact that is believed anyway needs no line to be confirmed.
    if (taken === 'reject' || (taken === 'confirm' && note.dataset.kind === 'low'))
      decisions.set(note.id, one(`[data-line="${taken}"]`, note).textContent);
    write();
  };
  const show = (next) => {
    filter = next;
    body.classList.toggle('filtered', next !== 'all');
    body.classList.toggle('filter-low', next === 'low');
    body.classList.toggle('filter-rejected', next === 'rejected');
    for (const button of all('[data-filter]'))
      button.setAttribute('aria-pressed', String(button.dataset.filter === next));
    for (const row of all('.row')) row.classList.toggle('wanted', all('.note', row).some(wanted));
    if (current !== null) current.scrollIntoView({ block: 'center' });
  };

  body.classList.remove('no-script');
  // A narrow screen begins with the document; the list is one touch away.
  if (matchMedia('(max-width: 56rem)').matches) one('.side details').open = false;
  document.addEventListener('click', (event) => {
    const { target } = event;
    const button = target.closest('button');
    const note = target.closest('.note');
    if (button?.dataset.filter !== undefined) return show(button.dataset.filter);
    if (button?.dataset.choose !== undefined) {
      go(note, false);
      return choose(note, button.dataset.choose);
    }
    if (button?.hasAttribute('data-copy')) {
      one('[data-lines]').select();
      // Pages opened from disk may not reach the clipboard; the selected text can then be copied by hand.
      navigator.clipboard?.writeText(one('[data-lines]').value).catch(() => {});
      return undefined;
    }
    const link = target.closest('a[href^="#"]');
    const words = target.closest('mark');
    if (link !== null || words !== null) {
      event.preventDefault();
      const id = link !== null ? link.getAttribute('href').slice(1) : words.dataset.notes.split(' ')[0];
      go(document.getElementById(id), words === null);
      if (words !== null) current?.scrollIntoView({ block: 'nearest' });
    } else if (note !== null) go(note, false);
    return undefined;
  });
  document.addEventListener('input', (event) => {
    if (event.target.matches('[data-who], [data-ground]')) write();
  });
  document.addEventListener('keydown', (event) => {
    if (event.target.matches('input, textarea') || event.ctrlKey || event.altKey || event.metaKey) return;
    const done = {
      n: () => step(1),
      p: () => step(-1),
      l: () => show(filter === 'low' ? 'all' : 'low'),
      c: () => choose(current, 'confirm'),
      r: () => choose(current, 'reject'),
    }[event.key.toLowerCase()];
    if (done === undefined) return;
    event.preventDefault();
    done();
  });
})();
