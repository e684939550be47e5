import type { Texts } from '../en.js';
import { to } from './grammar.js';

export const launch: Texts['launch'] = {
  title: 'Su invitación',
  from: (organization) => `Una invitación personal de ${organization}`,
  invites: (inviter, where) => `${inviter} le invita a participar en ${where}`,
  study: (name) => `el estudio «${name}»`,
  studies: (count) => `${count} estudios`,
  wish: (kinds) =>
    `El estudio desea leer ${kinds} de un dispositivo que usted ya lleva. Usted elige qué compartir y puede dejar de hacerlo en cualquier momento.`,
  wishOfSeveral: (kinds) =>
    `Los estudios desean leer ${kinds} de un dispositivo que usted ya lleva. Usted elige qué compartir y puede dejar de hacerlo en cualquier momento.`,
  anyData: 'datos',
  fourSteps: 'Qué pasa, en cuatro pasos',
  stepTexts: [
    'Diga sí o no a cada tipo de dato. Nada está marcado de antemano.',
    'Elija el dispositivo que ya lleva.',
    'En la página del propio fabricante. Nosotros nunca vemos esa contraseña.',
    'Verá llegar sus primeros datos. Después no tiene que hacer nada.',
  ],
  minutes: 'Toma unos 5 minutos.',
  atHand: 'Tenga a mano los datos de acceso de la aplicación de su dispositivo.',
  begin: 'Comenzar',
  once: (until) => [
    'Esta invitación es para una sola persona y sirve una sola vez, hasta el ',
    until,
    '. Abrir esta página no cuenta como uso.',
  ],
  notForYou: '¿No es para usted?',
  closeThisPage: 'Cierre esta página. No ha pasado nada y no se ha guardado nada.',
};

export const preparing: Texts['preparing'] = {
  title: 'Estamos preparando sus páginas',
  usually: 'Suele tardar unos segundos.',
  byItself: 'Esta página avanza sola.',
  mayClose: 'Puede cerrar esta página. Su lugar queda guardado.',
  invitation: 'Su invitación',
  placeForData: 'Un lugar para sus datos',
  studies: 'Sus estudios',
};

export const invitation: Texts['invitation'] = {
  ended: 'Esta invitación ya terminó',
  endedAt: (day) =>
    `Se podía usar hasta el ${day}. Las invitaciones terminan al cabo de un tiempo para protegerle.`,
  askForFresh: (who) => `Pida una nueva ${to(who)}. No se pierde nada de lo que ya respondió.`,
  unusable: 'Este enlace ya no funciona',
  worksOnce: 'Una invitación sirve una sola vez. Esta ya se usó, o el enlace está incompleto.',
  goOnHere: 'Continuar en este navegador',
  wasItYou: '¿La usó usted?',
  goOnThere: (who) => `Continúe en el navegador que usó entonces, o pida un enlace nuevo ${to(who)}.`,
  openAgain: 'Abra otra vez el enlace de su mensaje',
  stillWorks: 'Todavía sirve. Este navegador lo olvidó entretanto, o se le pidió que lo olvidara.',
  keepsNothing:
    'Si vuelve a ver esta página cada vez, su navegador rechaza las cookies. Permítalas para este sitio o use otro navegador.',
  notYou: '¿No fue usted?',
  tell: (who, way) => [`Por favor, avise ahora ${to(who)}`, way, '.'],
};
