// The code of a link may stand behind `#t=`, which browsers send to nobody: it is handed in, and the address forgets it.

function openLink() {
  if (!location.hash.startsWith('#t=')) return;
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/ow/';
  const code = document.createElement('input');
  code.type = 'hidden';
  code.name = 't';
  code.value = decodeURIComponent(location.hash.slice('#t='.length));
  form.append(code);
  document.body.append(form);
  history.replaceState(null, '', location.pathname);
  form.submit();
}

openLink();
