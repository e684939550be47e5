import type { Texts } from '../en.js';

export const erase: Texts['erase'] = {
  erase: 'Borrar mis datos',
  hint: 'Todo lo que se guarda de usted se borra para siempre, aquí y en Open Wearables. La página siguiente le dice antes qué ocurre.',
  rather: '¿Quiere que se borre todo lo que se guarda de usted, también aquí?',
  open: 'Borrar mis datos…',
  question: '¿Borrar todo lo que se guarda de usted?',
  cannotBeUndone:
    'No se puede deshacer: nadie puede recuperarlo. No tiene que dar ninguna razón y su atención médica no cambia.',
  goes: 'Qué se borra',
  goesPerson: 'Su nombre, cómo localizarle, su fecha de nacimiento y su acceso a esta página.',
  goesReadings: (readings) => `Sus mediciones, ${readings} en total, y sus versiones anteriores.`,
  goesDevices: 'Sus conexiones. Se desconectan todos los dispositivos y ya no leemos nada.',
  goesThere:
    'Lo que guarda Open Wearables, el servicio entre el fabricante de su dispositivo y nosotros: hasta donde nos lo permite. Su comprobante dice hasta dónde se llegó.',
  studies: 'Qué significa para los estudios',
  leaves: (studies) =>
    `Deja ${studies}. El equipo del estudio ya no ve nada de usted. Los resultados calculados antes se quedan.`,
  leavesNone: 'Ningún estudio le pide datos en este momento.',
  stays: 'Qué queda',
  staysAnswers:
    'Sus respuestas a los estudios, con un número y sin su nombre: prueba de lo que aceptó y de que ha terminado.',
  staysTrail:
    'El registro de quién miró o cambió sus datos, con el mismo número, y de que usted los hizo borrar.',
  staysMaker: 'Lo que tiene el fabricante de su dispositivo. Su cuenta allí sigue siendo suya: bórrela allí.',
  staysCopies:
    'Lo que los equipos de los estudios sacaron antes y las copias de seguridad anteriores. Pregunte por ellas al equipo del estudio.',
  takeAlong: '¿Quiere antes una copia? Descárguela en',
  yourPage: 'su página',
  understood: 'Entiendo que todo lo que se guarda de mí se borra para siempre.',
  tick: 'Marque la casilla para decir que lo entiende.',
  keep: 'Conservar mis datos',
  erasing: 'Sus datos se están borrando',
  erasingLead:
    'Su sesión está cerrada. Esto sigue solo y suele tardar un minuto. Mientras Open Wearables no responda, sigue hasta que vuelva.',
  reference: 'Referencia',
  askedFor: 'Pedido',
  finished: 'Terminado',
  at: (day, clock) => `${day} a las ${clock} UTC`,
  stopped: 'La lectura termina y los enlaces antiguos ya no abren nada',
  removing: (entries) => `Se borra lo que se guarda aquí: ${entries} entradas hasta ahora`,
  there: 'Open Wearables borra lo que guarda',
  checked: 'Comprobamos que no queda nada',
  writeDown:
    'Anote la referencia: su nombre ya no está y nada más encuentra este borrado. Este navegador muestra el comprobante durante 30 días y puede cerrar la página.',
  erased: 'Sus datos están borrados',
  erasedLead: (entries) => `Las ${entries} entradas que se guardaban de usted están borradas.`,
  ends: {
    deleted: 'Open Wearables borró lo que guardaba y su cuenta allí.',
    emptied: 'Open Wearables borró lo que guardaba. Allí queda una cuenta vacía sin su nombre.',
    remains:
      'Open Wearables no pudo borrar todo lo que guarda. Pida al equipo del estudio que lo haga borrar y diga la referencia.',
    'no account': 'Open Wearables no guardaba nada de usted.',
  },
  files:
    'Quedan archivos en el almacén de Open Wearables. Pida al equipo del estudio que los haga borrar y diga la referencia.',
  noReceipt: 'Aquí no hay ningún comprobante',
  noReceiptLead:
    'El comprobante se muestra en el navegador desde el que se borraron los datos, durante 30 días. Después, el equipo del estudio lo encuentra por su referencia.',
};
