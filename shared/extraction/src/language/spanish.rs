//! Spanish, folded.

use super::Marks;

pub(super) const WORDS: &[(Marks, &str)] = &[
    (Marks::VERB, INFINITIVES),
    (
        Marks::NEGATION,
        "no nunca jamas nada nadie ningun ninguna tampoco sin",
    ),
    (Marks::CONDITION, "si salvo suponiendo"),
    (
        Marks::DOUBT,
        "quiza quizas tal podria podrian podriamos deberia habria seria gustaria probablemente posiblemente ojala eventualmente",
    ),
    (Marks::FIRST, "yo me mi mio"),
    (Marks::SECOND, "tu te usted ustedes vosotros os le ti"),
    (Marks::PLURAL, "nosotros nos nuestro nuestra"),
    (Marks::THIRD, "el ella ellos ellas esto eso esta este se lo"),
    (Marks::ANYONE, "alguien todos todas cualquiera ambos"),
    (
        Marks::ROLE,
        "equipo marketing finanzas legal rrhh diseno ingenieria ventas soporte administracion contabilidad direccion gerencia secretaria secretario tesorero tesorera presidente presidenta \
        compras logistica coordinador coordinadora comite proveedor desarrollo produccion comunicacion padres alumnos estudiantes profesor profesora director directora administrador administradora arquitecto arquitecta contratista encargado encargada gerente jefe jefa abogado abogada gestor gestora vocal delegado delegada tutor tutora conserje portero medico enfermera",
    ),
    (
        Marks::GENERIC,
        "empleados usuarios visitantes clientes inquilinos residentes huespedes pasajeros ciudadanos trabajadores usuario empleado cliente socios miembros",
    ),
    (
        Marks::HABIT,
        "siempre nunca normalmente generalmente habitualmente",
    ),
    (
        Marks::REPORT,
        "dijo dice informo informa anuncio explico explica comento comenta menciono segun aseguro afirmo indico",
    ),
    (Marks::PLEASE, "favor porfa porfavor"),
    (
        Marks::MEETING,
        "reunion junta cita llamada entrevista taller conferencia asamblea videollamada seminario sesion almuerzo cena desayuno dentista medico visita formacion presentacion ensayo concierto fiesta comida boda funcion estreno excursion tutoria claustro simulacro pleno",
    ),
    (Marks::EXAM, "examen examenes parcial prueba final control"),
    (
        Marks::COURSEWORK,
        "tarea tareas deberes ensayo trabajo practica entrega informe ejercicio ejercicios proyecto",
    ),
    (
        Marks::FUNCTION,
        "el la los las un una unos unas y o u de del al a en con por para sin sobre que se lo le les su sus mi tu es son fue era ser estar hay ya muy mas menos tambien como cuando donde \
        ha han he si no pero porque este esta ese esa esto eso",
    ),
    (
        Marks::STATE,
        "ser estar haber tener parecer costar subir bajar creer pensar saber gustar querer vivir morir ganar perder crecer existir",
    ),
    (
        Marks::RECIPE,
        "horno precalentar cucharada cucharadas cucharadita taza tazas harina azucar mantequilla hornear hervir cebolla ajo sal pimienta masa mezclar batir sarten gramos aceite huevos ingredientes olla cazuela fuego leche nata limon perejil zanahorias patatas tomate sopa salsa caldo servir picar pelar freir cocer minutos arroz",
    ),
    (
        Marks::ADVERT,
        "descuento oferta ofertas rebajas cupon promocion gratis suscribete suscribirse compra compre ahora exclusivo envio ahorra aprovecha newsletter",
    ),
    (
        Marks::MANUAL,
        "clic boton menu instalar pantalla pulse haga presione ajustes carpeta archivo enchufe tornillo tornillos",
    ),
    (
        Marks::LEGAL,
        "reglamento norma normas politica prohibido permitido clausula contrato obligatorio estatutos reglas",
    ),
    (
        Marks::DONE,
        "hecho hecha terminado terminada completado completada listo lista cerrado cerrada cancelado cancelada finalizado finalizada entregado entregada pagado pagada enviado enviada ya resuelto resuelta",
    ),
    (
        Marks::MODAL,
        "debe deben debemos debes tiene tienen tenemos tienes tengo va van vamos voy hay necesita necesitamos necesito puede podria puedes podrias pueden",
    ),
    (
        Marks::PAST,
        "envio enviamos enviaron termino termine hizo hicimos fue fueron estuvo reviso compro pago presento entrego aprobo aprobaron dijo",
    ),
    (
        Marks::THING,
        "sistema servidor precio precios proyecto presupuesto informe mercado empresa gobierno programa tiempo clima",
    ),
    (
        Marks::QUESTION,
        "quien que cuando donde como cual cuales cuanto",
    ),
    (
        Marks::GREETING,
        "hola buenos buenas gracias saludos estimado estimada querido querida",
    ),
];

const INFINITIVES: &str = "\
acabar aceptar acordar actualizar adjuntar agendar agregar ajustar alquilar analizar anadir apagar aprobar archivar arreglar asignar asistir avisar ayudar borrar buscar calcular cambiar cancelar cargar cerrar coger colgar comentar comparar \
completar comprar comprobar comunicar concertar conectar confirmar configurar conseguir consultar contactar contestar contratar convocar coordinar copiar corregir cotizar crear cubrir dar decidir definir desarrollar descargar desplegar devolver \
difundir disenar distribuir documentar duplicar editar elaborar elegir eliminar encargar entregar enviar escribir escanear estudiar evaluar explicar facturar fijar finalizar firmar formar gestionar guardar hablar hacer implementar \
imprimir informar ingresar inscribir instalar investigar invitar lavar leer limpiar liquidar llamar llenar llevar localizar mandar mantener medir mejorar migrar modificar montar mostrar negociar notificar obtener ofrecer ordenar organizar \
pagar pasar pedir pintar planificar poner preguntar preparar presentar presupuestar probar programar proponer publicar quitar realizar recibir recoger recopilar recordar redactar reducir registrar regar renovar reparar repasar repartir reportar \
resolver responder reservar restaurar resumir reunir revisar sacar seguir seleccionar solicitar solucionar subir sustituir terminar tomar traducir traer transferir tramitar validar verificar visitar volver votar \
envia envie revisa revise prepara prepare llama llame compra compre confirma confirme manda mande reserva reserve entrega entregue firma firme actualiza actualice termina termine completa complete paga pague lee lea escribe escriba \
haz haga pon ponga sube suba trae traiga pide pida organiza organice comparte comparta compartir avisa avise contacta contacte recuerda recuerde responde responda corrige corrija publica publique imprime imprima recoge recoja devuelve devuelva \
enviame enviarme mandame mandarme pasame pasarme dime decirme llamame llamarme avisame enviarnos enviadme confirmame confirmarme ayudame comprar \
abandonar abarcar abastecer abonar abordar abrigar abrir absorber acceder acelerar acercar aclarar acomodar acompanar acondicionar aconsejar acortar acreditar activar \
acudir acumular acusar adaptar adecuar adelantar adelgazar aderezar adivinar adjudicar administrar admitir adoptar adornar adquirir advertir afianzar afilar afinar \
afirmar afrontar agarrar agitar agradecer agrandar agrupar aguantar ahorrar aislar alargar alcanzar alegar alertar alimentar alinear alisar aliviar almacenar alojar \
alterar alternar alzar amarrar ambientar amenizar amortizar ampliar amueblar anclar animar anotar anticipar anunciar anular apadrinar aparcar apartar apelar aplazar \
aplicar aportar apostar apoyar apreciar aprender apresurar aprovechar apuntar arar arbitrar armar armonizar arrancar arrastrar arrendar arrojar articular ascender asear \
asegurar asentar asesorar asociar aspirar asumir atar atender aterrizar atraer atravesar atribuir auditar aumentar autorizar avalar avanzar averiguar bailar bajar \
balancear barnizar barrer basar batir bautizar beber beneficiar bloquear bordar botar brindar cablear calcar calentar calibrar calificar callar calmar caminar canalizar \
canjear cantar capacitar captar caracterizar casar castigar catalogar categorizar cavar cazar ceder celebrar cenar censar centralizar centrar cepillar cercar certificar \
charlar chequear circular citar clarificar clasificar clavar cobrar cocer cocinar codificar colaborar colocar colorear combatir combinar comenzar comer comercializar \
compaginar compensar competir compilar complacer complementar componer comprimir comprometer computar conceder concentrar conciliar concluir condicionar conducir \
confeccionar conferir confiar confrontar congelar conjugar conservar considerar consolidar constatar constituir construir consumir contabilizar contar contener continuar \
contraer contrarrestar contrastar contribuir controlar convencer convenir conversar convertir convidar corresponder cortar coser cosechar costear cotejar crecer criticar \
cruzar cuadrar cuantificar cuidar culminar cultivar cumplimentar cumplir curar cursar custodiar datar debatir decorar dedicar deducir defender delegar deliberar delimitar \
demandar demostrar denegar denunciar depositar depurar derivar derogar derribar desactivar desalojar desarmar desatascar desayunar desbloquear descalificar descansar \
descartar descender descifrar descolgar descongelar desconectar descontar describir descubrir desechar desembalar desempacar desempenar desglosar deshacer designar \
desinfectar desinstalar desmontar desocupar despachar despedir despejar desplazar destacar destapar destinar destruir desviar detallar detectar detener determinar \
diagnosticar dibujar dictar diferenciar digitalizar dimensionar dirigir discutir disfrazar disminuir disolver disponer disputar distinguir diversificar dividir divulgar \
doblar donar dosificar dotar ducharse echar economizar edificar educar efectuar ejecutar ejercer elevar embalar embarcar emitir empacar empadronar empapelar empaquetar \
emparejar empatar empezar emplear emprender empujar encabezar encajar encender encerar encerrar enchufar encolar encontrar encuadernar encuestar enderezar enfocar enfriar \
engrasar enlazar enmarcar enmendar ensamblar ensayar ensenar entablar enterrar entrar entrenar entrevistar enumerar envasar envolver equilibrar equipar erradicar escalar \
escardar escoger esconder escuchar esculpir especificar esperar esquilar establecer estacionar estampar esterilizar estimar estimular estirar estrenar estructurar \
etiquetar evacuar evitar examinar exceder excluir exhibir exigir eximir expandir expedir experimentar explorar exponer exportar expresar exprimir extender extraer \
fabricar facilitar fallar favorecer felicitar fertilizar fichar fiscalizar flexibilizar fomentar forjar formalizar formatear formular forrar fortalecer forzar fotocopiar \
fotografiar fregar frenar freir fumigar fundamentar fundar ganar garantizar gastar generar girar golpear gobernar grabar graduar grapar gratificar guarnecer guiar guisar \
habilitar hacerle heredar hervir hidratar hilar homologar hornear hospedar humedecer identificar igualar iluminar ilustrar imaginar impartir impedir importar imponer \
impugnar impulsar inaugurar incentivar incluir incorporar incrementar indagar indemnizar indexar indicar inducir inflar influir ingerir iniciar injertar innovar \
inspeccionar instaurar instruir integrar intensificar intentar intercambiar interpretar interrogar interrumpir intervenir introducir inventariar invertir involucrar \
inyectar ir izar jubilar jugar juntar justificar juzgar labrar lanzar lavarse legalizar levantar liberar licitar lidiar ligar lijar limar limitar listar litigar llover \
lograr lubricar luchar madrugar maquetar maquillar marcar masticar matar matizar matricular maximizar mecanografiar mediar memorizar mencionar mentir mercadear merendar \
meter mezclar mimar minimizar mirar moderar modelar modernizar mojar moldear moler monitorear monitorizar motivar mover movilizar mudar multar multiplicar nadar narrar \
navegar neutralizar nivelar nombrar normalizar numerar nutrir obligar obrar observar ocultar ocupar oficializar ofertar oir operar opinar optar optimizar orientar otorgar \
pactar paralizar parar parchear participar partir pasear patrocinar peinar pelar pensar percibir perder perfeccionar perforar permitir perseguir personalizar pesar pescar \
picar pilotar pinchar pisar plancar planchar plantar plantear plastificar plegar podar polinizar ponderar portar posponer postular potenciar practicar precisar predecir \
prender prensar prescribir preservar presidir prestar pretender prevenir prever priorizar privatizar proceder procesar procurar producir profundizar prohibir prologar \
prolongar promediar prometer promocionar promover pronunciar propagar proporcionar prorrogar prosperar proteger provocar proyectar pulir pulverizar purgar purificar \
quemar querer racionar racionalizar ralentizar rastrear rastrillar ratificar razonar reabrir reactivar readmitir realzar reanudar reasignar rebajar rebatir rebuscar \
recalcular recalentar recargar recaudar rechazar reciclar reclamar reclutar recolectar recomendar recompensar reconfirmar reconocer reconsiderar reconstruir recontar \
recordarle recorrer recortar recrear rectificar recuperar recurrir redirigir redistribuir redondear reeditar reelaborar reembolsar reemplazar reenviar reescribir referir \
reflejar reflexionar reforestar reformar reforzar refrescar refrigerar refutar regalar reglamentar regresar regular regularizar rehabilitar rehacer reimprimir reinar \
reiniciar reinstalar reintegrar reiterar relacionar relajar relanzar rellenar remar remarcar rematar remediar remitir remodelar remolcar remover remunerar rendir \
renunciar reorganizar repatriar repetir replantear replicar reponer reprender representar reprogramar reproducir requerir rescatar resaltar rescindir resenar residir \
resistir respaldar respetar restablecer restar restituir restringir retar retirar retocar retomar retrasar reubicar reutilizar revelar revender revertir revestir revocar \
rezar rifar rodar romper rotar rotular saber sacudir salar saldar salir saltar saludar salvar sanear satisfacer sazonar secar segar segmentar segregar sellar sembrar \
senalar sensibilizar sentar separar serrar servir simplificar simular sincronizar sindicar sintetizar situar sobornar socorrer soldar soltar someter sonar sondear soplar \
soportar sortear sostener suavizar subastar subcontratar subdividir subrayar subsanar subtitular subvencionar sufragar sugerir sujetar sumar suministrar supervisar suplir \
suprimir surtir suscribir suspender sustentar tachar talar tallar tantear tapar tapizar taponar tasar techar teclear tejer telefonear tender tenir tirar titular tocar \
tolerar torcer tornear tostar trabajar trabar transbordar transcribir transformar transitar transmitir transportar trasladar trasplantar tratar trazar trenzar triplicar \
triturar tropezar ubicar unificar unir untar usar utilizar vaciar vacunar valorar variar velar vencer vendar vender ventilar ver verter vestir viajar videograbar vigilar \
vincular violar vivir volar volcar zanjar zurcir abrirles avisarles avisarle llamarle llamarles mandarles mandarle enviarle enviarles decirle decirles pedirle pedirles \
preguntarle preguntarles comprarle comprarles devolverle devolverles";
