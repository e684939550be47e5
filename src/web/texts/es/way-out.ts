import type { Texts } from '../en.js';

export const wayOut: Texts['wayOut'] = {
  download: 'Descargar mis datos',
  everything: (readings) =>
    `Todo lo que tenemos de usted: ${readings} mediciones, sus respuestas y el historial de ellas.`,
  asTable: 'Tabla, CSV',
  asLines: 'Líneas JSON, con sus respuestas',
  leaving: 'Dejar el estudio',
  leavingHint:
    'La lectura termina enseguida y se desconectan los dispositivos que ningún otro estudio necesita. Se le pregunta una vez más en la página siguiente.',
  leave: (study) => `Dejar ${study}…`,
  leaveQuestion: (study) => `¿Dejar ${study}?`,
  withoutReason: 'Puede irse sin dar ninguna razón. Su atención médica no cambia.',
  stopsReading: (kinds) => `Dejamos de leer ahora para este estudio: ${kinds}.`,
  stopsAsking: 'Dejamos de pedir datos para este estudio ahora.',
  disconnects: (devices) => `Se desconecta: ${devices}. Ningún otro estudio lo necesita.`,
  stays: (devices) => `Sigue conectado: ${devices}. Otro estudio todavía lo usa.`,
  whatOfData: '¿Qué debe pasar con sus datos?',
  keep: 'Conservarlos',
  keepHelp: 'Lo que tiene el estudio se queda, y no se añade nada.',
  purge: 'Conservarlos aquí y borrar la copia en Open Wearables',
  purgeHelp:
    'Open Wearables es el servicio entre el fabricante de su dispositivo y nosotros. Borra su copia de los dispositivos que ningún otro estudio necesita.',
  chooseOne: 'Elija qué debe pasar con sus datos.',
  leaveNow: 'Dejar el estudio',
  stay: 'Quedarme',
  left: 'Ha dejado el estudio. La lectura ha terminado.',
  deleteCopy: 'Borrar la copia en Open Wearables…',
  deleteQuestion: (device) => `¿Borrar lo que Open Wearables guarda de ${device}?`,
  deleteLead:
    'Open Wearables es el servicio entre el fabricante de su dispositivo y nosotros. Lo borrado no se recupera.',
  deleteEnds: (device) => `${device} se desconecta y ya no leemos nada de él.`,
  deleteKeeps: 'Lo que los estudios ya tienen se queda con ellos.',
  deleteNow: 'Borrar la copia',
  deleting: 'La copia en Open Wearables se está borrando.',
};
