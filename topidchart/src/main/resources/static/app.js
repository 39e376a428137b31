// @ts-check
import { State } from '/state.js';
import { showList } from '/list.js';
import { SessionPage } from '/session.js';

const state = new State();
const theme = () => state.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.documentElement.dataset.theme = theme();

const path = location.pathname.split('/').filter((part) => part);
const page = path.length === 2 ? new SessionPage(path[0], path[1], state) : null;
document.getElementById(page ? 'session' : 'list').hidden = false;

document.getElementById('theme').addEventListener('click', () => {
	state.theme = theme() === 'dark' ? 'light' : 'dark';
	document.documentElement.dataset.theme = theme();
	if (page) {
		state.write();
		page.draw();
	}
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
	document.documentElement.dataset.theme = theme();
	page?.draw();
});

await (page ? page.start() : showList());
