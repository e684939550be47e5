import type { Texts } from '../en.js';

export const picker: Texts['picker'] = {
  title: 'Elija su dispositivo',
  question: '¿Qué dispositivo lleva usted?',
  lead: 'Elija uno. Después iniciará sesión en la página de su fabricante y volverá aquí. Más tarde puede añadir otro.',
  none: 'En este momento no se puede conectar ningún dispositivo.',
  list: 'Dispositivos que puede conectar',
  off: 'No es posible por ahora',
  notNow: 'Ahora no',
  cannotBeConnected: 'Este dispositivo no se puede conectar.',
  reasons: {
    'needs-app': 'Necesita una aplicación en su teléfono. Esta página no puede hacerlo.',
    'measures-nothing-agreed': 'No mide nada de lo que usted aceptó compartir.',
    'does-not-answer': 'No responde en este momento. Inténtelo de nuevo en unos minutos.',
    'already-connected': 'Ya está conectado.',
  },
  theOne: 'El tipo de dato que usted aceptó',
  all: (count) => `Los ${count} tipos de datos que aceptó`,
  some: (measured, agreed, missing) => `${measured} de ${agreed}: sin ${missing}`,
};

export const leaving: Texts['leaving'] = {
  title: (device) => `A ${device}`,
  taking: (device) => `Le llevamos a ${device}`,
  comeBack: 'Inicie sesión allí y permita el acceso. Después volverá aquí sin hacer nada más.',
  goOn: (device) => `Continuar a ${device}`,
};

export const attempt: Texts['attempt'] = {
  answersKept: 'Sus respuestas están guardadas. No tiene que volver a darlas.',
  nothingRead: (device) => `No se leyó nada de ${device}.`,
  nothingConnected: 'Aquí no se conectó nada.',
  notConnected: (device) => `${device} no está conectado`,
  denied: (device) =>
    `Decidió no permitir el acceso en la página de ${device}, o la página se cerró antes de terminar. No hay ningún problema.`,
  tryDevice: (device) => `Intentarlo otra vez con ${device}`,
  tookTooLong: 'Pasaron más de 15 minutos, así que dejamos de esperar. No se pierde nada.',
  tryAgain: 'Intentarlo otra vez',
  couldNotConnect: (device) => `No se pudo conectar ${device}`,
  notConfirmed: (device) => `Usted inició sesión, pero ${device} no confirmó la conexión. No es culpa suya.`,
  notTheMaker: (device) =>
    `Nos dieron una página de inicio de sesión que no conocemos como propia de ${device}, así que no le enviamos allí. No es culpa suya. Quien administra este servicio puede verlo y arreglarlo.`,
  anotherDevice: 'Elegir otro dispositivo',
  stopForNow: 'Dejarlo por ahora',
  otherBrowser: 'Volvió en otro navegador',
  beganElsewhere:
    'Comenzó en otro lugar, por ejemplo dentro de su aplicación de correo. Para proteger su cuenta, solo puede terminar el navegador en el que comenzó.',
  goBack: 'Vuelva al primer navegador y pulse allí «Intentarlo otra vez».',
};

export const down: Texts['down'] = {
  title: 'Ahora mismo no podemos comunicarnos con los fabricantes de dispositivos',
  lead: 'El problema es nuestro, no suyo. Suele pasar en unos minutos.',
  saved: 'Sus respuestas están guardadas. Puede cerrar esta página.',
  byOurselves: 'Lo intentamos de nuevo por nuestra cuenta.',
  byOurselvesAt: (clock) => `Lo intentamos de nuevo por nuestra cuenta. La próxima vez, a las ${clock}.`,
  tryNow: 'Intentarlo ahora',
};

export const complete: Texts['complete'] = {
  titleWaiting: 'Esperando la conexión',
  titleConnected: 'Conectado',
  waiting: (device) => `Esperando a ${device}`,
  notConfirmedYet: (device) => `${device} todavía no ha confirmado la conexión. Suele tardar unos segundos.`,
  looksByItself: 'Esta página vuelve a mirar sola.',
  mayClose: 'Puede cerrar esta página. Nosotros seguimos sin ella, y sus respuestas están guardadas.',
  lookAgain: 'Mirar otra vez',
  signInAgain: (device) => `Iniciar sesión en ${device} otra vez`,
  connected: 'Conectado correctamente',
  confirmed: (device, clock) => [
    `${device} confirmó la conexión a las `,
    clock,
    '. Puede cerrar esta página cuando quiera.',
  ],
  next: 'Qué pasa ahora',
  everyQuarter: 'Buscamos datos nuevos cada 15 minutos. Aquí no tiene que hacer nada.',
  openTheApp: (device) =>
    `Abra la aplicación de ${device} una vez al día, para que el dispositivo entregue lo que ha medido.`,
  seeWhatIShare: 'Ver lo que comparto',
  another: 'Conectar otro dispositivo',
};

export const arriving: Texts['arriving'] = {
  onItsWay: 'Sus datos están en camino',
  arriving: 'Sus datos están llegando',
  arrived: 'Sus datos han llegado',
  arrivedSome: 'Han llegado algunos datos',
  nothingYet: 'Todavía no hay datos',
  reading: 'Leyendo',
  read: 'Leído',
  resting: 'En pausa',
  nothingYetWord: 'Nada todavía',
  usually: 'Conectado. Los primeros datos suelen llegar en 10 minutos.',
  readingFrom: (device) => `medición de ${device} hasta ahora`,
  readingsFrom: (device) => `mediciones de ${device} hasta ahora`,
  readingBackDay: '1 día hacia atrás',
  readingBackDays: (days) => `${days} días hacia atrás`,
  dayOf: (percent) => `1 día, ${percent} %`,
  daysOf: (days, percent) => `${days} días, ${percent} %`,
  percent: (percent) => `${percent} %`,
  backwards: 'Desde hoy hacia atrás.',
  backwardsAt: (day) => `Desde hoy hacia atrás; ahora en el ${day}.`,
  aMinuteLeft: 'Falta alrededor de un minuto.',
  minutesLeft: (minutes) => `Faltan unos ${minutes} minutos.`,
  allRead: 'Ya se leyeron todos estos días. Lo que siga se lee a medida que llega.',
  rests:
    'La lectura hacia atrás está en pausa. No se pierde nada: seguiremos, y usted no tiene que hacer nada.',
  nothingFound: (device, days) =>
    `Revisamos los últimos ${days} días, y ${device} todavía no tiene nada de lo que usted comparte. Es normal con un dispositivo nuevo: llévelo puesto y después abra la aplicación de ${device}. Volvemos a mirar cada 15 minutos.`,
};

export const chart: Texts['chart'] = {
  heartRate: 'Frecuencia cardíaca',
  heartRateUnit: 'latidos por minuto, promedio diario con el valor más bajo y el más alto',
  readings: 'Mediciones',
  readingsUnit: 'cuántas hay de cada día',
  title: (what, days) => `${what}, últimos ${days} días, hasta donde se han leído`,
  heartRateBetween: (low, high) => `El promedio diario está entre ${low} y ${high} latidos por minuto.`,
  readingsUpTo: (most) => `Un día tiene hasta ${most} mediciones.`,
  nothingYet: 'Todavía no ha llegado nada.',
  earlierLater: 'Los días anteriores aún se están leyendo.',
  gap: 'Un día no tiene datos.',
  gaps: (days) => `${days} días no tienen datos.`,
  stillBeingRead: 'Aún se está leyendo',
  today: 'Hoy',
  asTable: 'Ver las cifras',
  day: 'Día',
  average: 'Promedio',
  lowest: 'Mínimo',
  highest: 'Máximo',
};
