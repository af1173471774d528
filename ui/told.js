// What our own markup says when it is used, told by data attributes; the names in quotation marks become gradio events.
// A file goes ahead by itself and is named in what is told.
const bring = async (file) => {
  const body = new FormData();
  body.append('file', file);
  const reply = await fetch('files', { method: 'POST', body });
  const said = await reply.json();
  return reply.ok ? { file: said.file } : { error: said.error };
};
const gathered = async (form, button) => {
  const told = { does: form.dataset.does };
  for (const [name, value] of new FormData(form)) {
    if (!(value instanceof File)) told[name] = value;
    else if (value.size) Object.assign(told, await bring(value));
  }
  if (button?.name) told[button.name] = button.value;
  return told;
};
element.addEventListener('click', (event) => {
  const button = event.target.closest('button, [role=button]');
  if (!button || (button.type === 'submit' && button.form)) return;
  const told = { ...button.dataset };
  if ('provision' in told) trigger('choose', told);
  else if ('does' in told) trigger('does', told);
  else if ('sees' in told) trigger('sees', told);
});
element.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const sent = form.querySelector('button[type=submit]');
  sent.disabled = true;
  try { trigger('does', await gathered(form, event.submitter)); } finally { sent.disabled = false; }
});
let waiting = 0;
element.addEventListener('input', (event) => {
  const form = event.target.closest('form[data-live]');
  if (!form || event.target.type === 'file') return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => trigger('does', { ...(await gathered(form)), does: form.dataset.live }), 500);
});
element.addEventListener('change', async (event) => {
  const file = event.target.files?.[0];
  if (file && event.target.dataset.reads) trigger('does', { does: event.target.dataset.reads, text: (await file.text()).slice(0, 300000) });
});
