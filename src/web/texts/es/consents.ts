import type { Texts } from '../en.js';
import { to } from './grammar.js';

export const consents: Texts['consents'] = {
  version: '2026-11-es',
  title: 'Lo que usted comparte',
  beside: 'Ayuda y avance',
  question: '¿Qué desea compartir?',
  lead: 'Marque lo que acepta y deje vacío lo demás. Puede participar con menos y cambiar cada respuesta más adelante.',
  tickOne: 'Marque al menos una línea, o elija «No deseo participar».',
  studyOf: (number, count) => `Estudio ${number} de ${count}`,
  runsUntil: (day) => ['Dura hasta el ', day, '.'],
  ownText: (version) => `Texto de este estudio, versión ${version}.`,
  iAgree: 'Acepto compartir con este estudio:',
  iAgreeTo: 'Acepto compartir: ',
  from: 'Desde',
  fromToday: 'El día en que usted acepta',
  whoSees: 'Quién los ve',
  teamOf: (organization) => `El equipo de ${organization}`,
  howToStop: 'Cómo dejar de compartir',
  onYourPage: 'En su página, cuando quiera. La lectura termina de inmediato.',
  youCanChange: 'Puede cambiar su respuesta en su página.',
  kept: (version) =>
    `Lo que hayamos leído antes de que usted deje de compartir se queda en el estudio, a menos que pida que se borre. Junto con sus respuestas guardamos la fecha y la versión de este texto: versión ${version}.`,
  save: 'Guardar mis respuestas y continuar',
  decline: 'No deseo participar',
  notSure: '¿Tiene dudas?',
  ask: (who) => `Pregunte ${to(who)} antes de responder. Su lugar queda guardado.`,
};

export const answers: Texts['answers'] = {
  open: 'Sin respuesta',
  agreed: 'Compartido',
  declined: 'No compartido',
  stopped: 'Detenido',
  openMeans: 'No se lee nada hasta que usted acepte.',
  agreedMeans: (day) => `Desde el ${day}.`,
  declinedMeans: (day) => `Dijo que no el ${day}. No se lee nada.`,
  stoppedMeans: (day) => `Dejó de compartir el ${day}. Lo anterior se queda en el estudio.`,
};
