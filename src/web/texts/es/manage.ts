import type { Texts } from '../en.js';
import { to } from './grammar.js';

export const manage: Texts['manage'] = {
  title: 'Lo que comparte',
  lead: 'Qué comparte, con quién, y si llega.',
  oneNeedsYou: 'Una cosa le espera',
  severalNeedYou: (count) => `${count} cosas le esperan`,
  asksToSignIn: (device) =>
    `${device} le pide que vuelva a iniciar sesión. Toma un minuto. No se pierde nada: leemos lo que faltó.`,
  askToSignIn: (devices) =>
    `${devices} le piden que vuelva a iniciar sesión. Toma un minuto. No se pierde nada: leemos lo que faltó.`,
  noStudy: 'En este momento ningún estudio le pide datos.',
  answersSaved: 'Sus respuestas están guardadas.',
  disconnecting: 'El dispositivo se está desconectando. La lectura ha terminado.',
};

export const devices: Texts['devices'] = {
  title: 'Dispositivos',
  strips: (days) => `Las tiras muestran los últimos ${days} días`,
  daysWithData: (device, came, days) => `${device}, últimos ${days} días: ${came} con datos`,
  none: 'No hay ningún dispositivo conectado. Conecte uno para que los datos que comparte puedan llegar.',
  connect: 'Conectar un dispositivo',
  another: 'Conectar otro dispositivo',
  reconnect: 'Volver a conectar',
  connectAgain: 'Conectar de nuevo',
  disconnect: 'Desconectar',
  states: {
    connected: 'Conectado',
    reading: 'Leyendo',
    silent: (hours) => `Sin datos desde hace ${hours} horas`,
    'needs-reconnecting': 'Hay que volver a conectarlo',
    'could-not-read': (device) => `${device} tiene una interrupción`,
    'not-read-by-us': 'Sin lectura por ahora',
    disconnected: 'Desconectado',
    disconnecting: 'Desconectándose',
    deleting: 'Borrándose',
    deleted: 'Desconectado, copia borrada',
    'not-deleted': 'Desconectado, copia sin borrar',
  },
  meanings: {
    noDataYet: 'Los primeros datos suelen llegar en 10 minutos.',
    lastData: (day, clock) => `Últimos datos el ${day} a las ${clock}.`,
    reading: (device, percent) =>
      `Leemos lo que ${device} ha guardado, ${percent} % hasta ahora. No tiene que hacer nada.`,
    silent: (device) =>
      `La conexión está bien, pero ${device} no tiene nada nuevo. Lleve puesto el dispositivo y abra después la aplicación de ${device} para que se ponga al día.`,
    needsReconnecting: (device) =>
      `${device} le pide que vuelva a iniciar sesión. Toma un minuto. No se pierde nada: leemos lo que faltó.`,
    couldNotRead: (day, clock) =>
      `Desde las ${clock} del ${day}. No tiene que hacer nada: cuando se restablezca, leemos lo que faltó.`,
    notReadByUs: (day, clock) =>
      `Desde las ${clock} del ${day}, por un motivo nuestro. No tiene que hacer nada: leeremos lo que faltó.`,
    disconnecting: (device, clock) =>
      `Ya no leemos nada. Desde las ${clock} se le comunica a ${device}; sigue por sí solo hasta terminar.`,
    deleting: (clock) =>
      `La copia en Open Wearables se está borrando desde las ${clock}; sigue por sí solo hasta terminar.`,
    deleted: (day) => `La copia en Open Wearables se borró el ${day}. Desde entonces no leemos nada.`,
    notDeleted:
      'No leemos nada. Open Wearables no pudo borrar su copia por sí solo: pida al equipo del estudio que la borre.',
    nothingRead: 'No leemos nada de este dispositivo.',
    disconnected: (day) => `Se desconectó el ${day}. Desde entonces no leemos nada.`,
  },
};

export const sharing: Texts['sharing'] = {
  with: 'Lo que comparte con',
  legend: (kind, study) => `${kind}, con ${study}`,
  share: 'Compartir',
  stop: 'Dejar de compartir',
  doNotShare: 'No compartir',
  ownText: 'Lo que este estudio le explica',
  whenYouStop:
    'Cuando deja de compartir un tipo de dato, la lectura termina de inmediato. Lo anterior se queda en el estudio, a menos que pida que se borre. Si ya no comparte nada que necesite un dispositivo, ese dispositivo se desconecta.',
  save: 'Guardar mis respuestas',
};

export const history: Texts['history'] = {
  title: 'Sus respuestas hasta ahora',
  kind: 'Tipo de dato',
  answer: 'Su respuesta',
  study: 'Estudio',
  at: 'Fecha',
};

export const plain: Texts['plain'] = {
  signedOut: 'Ha cerrado la sesión',
  signedOutLead: 'Lo que comparte sigue tal como lo dejó. Ahora nadie puede ver su página en este navegador.',
  toComeBack: (who) => `Para volver, pida un enlace nuevo ${to(who)}.`,
  notTakingPart: 'No va a participar',
  notTakingPartLead:
    'Hemos guardado que dijo que no. No tiene que dar ninguna razón, y su atención médica no cambia.',
  nothingIsRead: 'No se lee de ningún dispositivo nada que usted no haya aceptado.',
  changeAnswers: 'Ver o cambiar mis respuestas',
  tooMany: 'Espere un poco, por favor',
  tooManyLead:
    'Se ha intentado demasiadas veces desde aquí. No se ha perdido nada. Inténtelo otra vez en una hora.',
  notFound: 'Aquí no hay ninguna página',
  notFoundLead: 'La dirección está incompleta, o la página ha cambiado de lugar. Nada ha cambiado.',
  openTheLink: 'Abra de nuevo el enlace de su invitación, o vuelva a la página anterior.',
  failed: 'No se pudo mostrar esta página',
  failedLead: 'El problema es nuestro, no suyo. Lo que guardó antes se conserva.',
  goBack: 'Vuelva a la página anterior e inténtelo de nuevo en unos minutos.',
};
