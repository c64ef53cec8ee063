// A person's own choice of light or dark, kept in this browser. Rule: without a choice the system decides; a browser that
// keeps nothing (a folder, private windows) still changes the page.

const KEY = 'csdl-theme';

function kept() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function keep(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Not kept: it holds for this page.
  }
}

/** Shows the list of choices in the foot, and what was chosen before. */
export function startTheme() {
  const label = document.querySelector('.theme');
  if (label === null) return;
  const list = label.querySelector('select');
  const show = (choice) => {
    if (choice === '') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  };
  list.value = kept();
  if (list.selectedIndex < 0) list.selectedIndex = 0;
  show(list.value);
  list.addEventListener('change', () => {
    keep(list.value);
    show(list.value);
  });
  label.hidden = false;
}
