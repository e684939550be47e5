import type { Texts } from '../en.js';
import { to } from './grammar.js';

export const shell: Texts['shell'] = {
  name: 'Español',
  language: 'es',
  skip: 'Ir al contenido',
  page: 'Página',
  signOut: 'Cerrar sesión',
  appearance: 'Aspecto',
  light: 'Claro',
  dark: 'Oscuro',
  asTheDevice: 'Como el dispositivo',
  progress: 'Pasos',
  steps: ['Aceptar', 'Elegir dispositivo', 'Iniciar sesión', 'Listo'],
  done: ' (hecho)',
  beingDone: ' (en curso)',
  toCome: ' (pendiente)',
  studyTeam: 'el equipo del estudio',
};

export const study: Texts['study'] = {
  about: 'Acerca del estudio',
  eyebrow: 'El estudio',
  runBy: 'A cargo de',
  runsUntil: 'Dura hasta el',
  questions: '¿Preguntas?',
  questionsTo: (who) => `¿Preguntas? ${who}`,
  reference: 'Si llama, mencione esta referencia',
  stillStuck: (who) => `¿Sigue sin poder continuar? Le ayuda ${who}: `,
  stillStuckAsk: (who) => `¿Sigue sin poder continuar? Pregunte ${to(who)}.`,
  sayReference: 'Mencione la referencia ',
};

export const log: Texts['log'] = {
  title: 'Registro de la conexión',
  beside: 'El proceso en detalle',
  stepsSoFar: 'Pasos hasta ahora',
  reference: 'Referencia',
  copy: 'Copiar para soporte',
  copied: 'Copiado',
  explained:
    'El registro muestra cada paso en el momento en que ocurre. No contiene contraseñas ni ninguna de sus mediciones.',
  steps: {
    invited: 'Invitación emitida',
    mailed: 'Invitación enviada por correo',
    'not mailed': 'No se pudo enviar el correo con la invitación',
    reminded: 'Recordatorio enviado por correo',
    redeemed: 'Invitación abierta en este navegador',
    declined: 'Respuesta «no»: no participa',
    'account ready': 'Cuenta para sus datos preparada',
    consented: 'Respuestas guardadas',
    'devices matched': 'Dispositivos comparados con lo que usted comparte',
    connecting: 'Comenzó el inicio de sesión en la página del fabricante',
    denied: 'El inicio de sesión terminó con un «no»',
    failed: 'El inicio de sesión no funcionó',
    'timed out': 'El inicio de sesión tardó más de 15 minutos',
    connected: 'Conexión confirmada',
    reading: 'Comenzó la lectura de los primeros datos',
    'read back': 'Los primeros datos están leídos',
    expired: 'La invitación terminó',
    superseded: 'Una invitación más reciente reemplazó a esta',
    withdrawn: 'El equipo del estudio retiró la invitación',
    lapsed: 'Terminó la espera de una conexión',
  },
  usable: (count) => `Se pueden conectar: ${count}`,
  readBack: (percent) => `Leído hasta ahora: ${percent} %`,
  details: {
    redeemed: 'El enlace ya no se puede volver a usar.',
    declined: 'No se lee nada. Las respuestas se pueden cambiar en cualquier momento.',
    'account ready': 'Con un número que no revela nada, no con su nombre.',
    lapsed: 'Con un enlace nuevo se continúa desde aquí.',
  },
};
